package io.github.jmeterbtest.jmeter.form;

import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JLayer;
import javax.swing.JPanel;
import net.miginfocom.swing.MigLayout;
import org.apache.commons.lang3.StringUtils;

/**
 * A form made of fields: a titled box for each group, and in it a label and an editor for each field, in two columns.
 * Fields that do not apply are greyed out, wrong values framed in red, both while the user types. Knows no JMeter
 * element.
 */
public final class FormPanel extends JPanel {
    private static final long serialVersionUID = 1L;
    /** Readable on light and on dark ground. */
    private static final Color WRONG = new Color(0xE0, 0x3C, 0x3C);

    private final transient FormRules rules;
    private final transient Map<String, Row> rows = new LinkedHashMap<>();
    private transient UnaryOperator<String> inherited = property -> "";

    /** A field on the screen; its frame is there all the time, so that nothing moves when it turns red. */
    private record Row(FormField field, AlignedLabel label, JPanel frame, FieldEditor editor, String toolTip) {}

    /** A label as wide as the widest of the form, at any font size, so that the editors of all boxes stand in line. */
    private final class AlignedLabel extends JLabel {
        private static final long serialVersionUID = 1L;

        AlignedLabel(String text) {
            super(text);
        }

        @Override
        public Dimension getPreferredSize() {
            int widest = rows.values().stream()
                    .map(Row::label)
                    .mapToInt(AlignedLabel::ownWidth)
                    .max()
                    .orElse(0);
            return new Dimension(widest, super.getPreferredSize().height);
        }

        private int ownWidth() {
            return super.getPreferredSize().width;
        }
    }

    /** Builds the form, with empty fields. */
    FormPanel(List<FormField> fields, FormRules rules) {
        super(new MigLayout("fillx, wrap 1, insets 0", "[grow, fill]"));
        this.rules = rules;
        fields.forEach(field -> rows.put(field.property(), row(field)));
        layOut();
        // only now: a rule may ask for any other field
        rows.values().forEach(row -> row.editor().onChange(this::refresh));
        refresh();
    }

    /** @return the text that a property's editor holds */
    String get(String property) {
        return rows.get(property).editor().get();
    }

    /** Shows a text in a property's editor. */
    void set(String property, String text) {
        rows.get(property).editor().set(text);
    }

    /** @param values gives the text that another element gives to an empty property, or an empty one */
    void inherit(UnaryOperator<String> values) {
        inherited = values;
        repaint();
    }

    /** @return what an empty field stands for */
    String emptyText(FormField field) {
        String value = inherited.apply(field.property());
        if (value.isEmpty()) {
            return rules.emptyText(field);
        }
        boolean secret = field.kind() == FormField.Kind.PASSWORD;
        return secret ? Messages.text("inherited.secret") : Messages.text("inherited", value);
    }

    /** Empties every field. */
    void clear() {
        rows.values().forEach(row -> row.editor().set(""));
    }

    /** @return whether a property's editor can be used */
    boolean isEnabled(String property) {
        return rows.get(property).editor().component().isEnabled();
    }

    /** @return what would be right instead of the wrong text of a property, or nothing if it is not marked */
    Optional<String> problem(String property) {
        Row row = rows.get(property);
        return isEnabled(property) ? rules.problem(row.field(), row.editor().get()) : Optional.empty();
    }

    /** @return the editor's component */
    JComponent editor(String property) {
        return rows.get(property).editor().component();
    }

    private Row row(FormField field) {
        FieldEditor editor = FieldEditor.of(field);
        editor.component().setName(field.property());
        String toolTip = Messages.text(field.property() + ".tip");
        String name = Messages.text(field.property());
        AlignedLabel label = new AlignedLabel(rules.isRequired(field) ? name + " *:" : name + ":");
        label.setLabelFor(editor.component());
        if (rules.isRequired(field)) {
            toolTip += " " + StringUtils.capitalize(rules.emptyText(field)) + ".";
            // an asterisk says nothing to who listens
            editor.component().getAccessibleContext().setAccessibleName(Messages.text("required.name", name));
        }
        label.setToolTipText(toolTip);
        JPanel frame = new JPanel(new BorderLayout());
        frame.add(editor.component(), BorderLayout.CENTER);
        return new Row(field, label, frame, editor, toolTip);
    }

    private void layOut() {
        String columns = "[pref!][80::, grow, fill, sg editor]16[pref!][80::, grow, fill, sg editor]";
        Map<String, JPanel> boxes = new LinkedHashMap<>();
        for (Row row : rows.values()) {
            JPanel box = boxes.computeIfAbsent(row.field().group(), group -> {
                JPanel panel = new JPanel(new MigLayout("fillx, wrap 4, insets 2 6 4 6", columns, "[]2"));
                panel.setBorder(BorderFactory.createTitledBorder(Messages.text(group)));
                add(panel);
                return panel;
            });
            box.add(row.label());
            box.add(new JLayer<>(row.frame(), new DefaultHint(row.editor(), () -> emptyText(row.field()))));
        }
        // a box with one field only: the second column keeps its width too
        boxes.values().stream()
                .filter(box -> box.getComponentCount() == 2)
                .forEach(box -> box.add(new AlignedLabel("")));
    }

    private void refresh() {
        for (Row row : rows.values()) {
            String property = row.field().property();
            boolean applies = rules.applies(property, this::get);
            row.editor().setEnabled(applies);
            row.label().setEnabled(applies);
            Optional<String> problem = problem(property);
            row.frame()
                    .setBorder(
                            problem.isPresent()
                                    ? BorderFactory.createLineBorder(WRONG)
                                    : BorderFactory.createEmptyBorder(1, 1, 1, 1));
            row.editor().setToolTip(problem.orElse(row.toolTip()));
        }
    }
}

package io.github.jmeterbtest.jmeter.form;

import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.util.List;
import javax.swing.AbstractAction;
import javax.swing.Action;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JEditorPane;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import net.miginfocom.swing.MigLayout;
import org.apache.jmeter.gui.util.EscapeDialog;
import org.apache.jorphan.gui.ComponentUtil;

/**
 * Help of one element: what it does, and what each field takes, from the bundle. JMeter's own Help opens a page of its
 * manual, which does not know our elements; so each form has a button, and F1 while the focus is in the form.
 */
public final class ElementHelp extends AbstractAction {
    private static final long serialVersionUID = 1L;

    private final String element;
    private final transient FormRules rules;

    /** @param fields fields without rules */
    public ElementHelp(String element, List<FormField> fields) {
        this(element, new FormRules(fields));
    }

    /**
     * @param element key of the element's name in the bundle; the text stands under it with {@code .help} behind it
     * @param rules what its fields take
     */
    ElementHelp(String element, FormRules rules) {
        super(Messages.text("help"));
        this.element = element;
        this.rules = rules;
        putValue(Action.SHORT_DESCRIPTION, Messages.text("help.tip"));
    }

    /**
     * Puts the button behind a form's title and the key to the form.
     *
     * @return the title with the button
     */
    public JComponent beside(JComponent form, Component title) {
        form.getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_F1, 0), element);
        form.getActionMap().put(element, this);
        JButton button = new JButton(this);
        button.setName("help");
        // who tabs goes from field to field, and has the key
        button.setFocusable(false);
        JPanel row = new JPanel(new MigLayout("insets 0", "[]16[]"));
        row.add(title);
        row.add(button);
        return row;
    }

    /** {@return the help, as HTML} */
    String html() {
        StringBuilder html = new StringBuilder("<html><body style='margin: 8'><h2>")
                .append(text(element))
                .append("</h2><p>")
                .append(text(element + ".help"))
                .append("</p>");
        String group = "";
        for (FormField field : rules.fields()) {
            if (!field.group().equals(group)) {
                group = field.group();
                html.append("<h3>").append(text(group)).append("</h3>");
            }
            html.append("<p style='margin-top: 4'><b>")
                    .append(text(field.property()))
                    .append("</b>: ")
                    .append(text(field.property() + ".tip"));
            if (rules.isRequired(field) || !field.defaultValue().isEmpty()) {
                html.append(" (").append(escaped(rules.emptyText(field))).append(')');
            }
            html.append("</p>");
        }
        return html.append("</body></html>").toString();
    }

    @Override
    public void actionPerformed(ActionEvent event) {
        Frame owner = JOptionPane.getFrameForComponent(event.getSource() instanceof Component source ? source : null);
        JDialog dialog = new EscapeDialog(owner, Messages.text(element), false);
        dialog.setDefaultCloseOperation(JDialog.DISPOSE_ON_CLOSE);
        dialog.setContentPane(content());
        ComponentUtil.centerComponentInWindow(dialog, 50);
        dialog.setVisible(true);
    }

    /** What the window shows. */
    Container content() {
        JEditorPane pane = new JEditorPane("text/html", "");
        // else the letters of HTML are always the same, however large those of the look are
        pane.putClientProperty(JEditorPane.HONOR_DISPLAY_PROPERTIES, true);
        pane.setFont(new JLabel().getFont());
        pane.setText(html());
        pane.setEditable(false);
        pane.setCaretPosition(0);
        return new JScrollPane(pane);
    }

    private static String text(String key) {
        return escaped(Messages.text(key));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}

package io.github.jmeterbtest.jmeter.form;

import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.Component;
import java.awt.Container;
import java.awt.Font;
import java.awt.Frame;
import java.awt.KeyboardFocusManager;
import java.awt.Rectangle;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import javax.swing.AbstractAction;
import javax.swing.AbstractButton;
import javax.swing.Action;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JEditorPane;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.UIManager;
import javax.swing.text.BadLocationException;
import javax.swing.text.Element;
import javax.swing.text.html.HTMLDocument;
import net.miginfocom.swing.MigLayout;
import org.apache.jmeter.gui.GuiPackage;
import org.apache.jmeter.gui.util.EscapeDialog;
import org.apache.jorphan.gui.ComponentUtil;

/**
 * Help of one element: what it does, and what each field takes, from the bundle. It opens by the button of a form, by
 * JMeter's own items named Help, and by F1: that shows the field that has the focus.
 */
public final class ElementHelp extends AbstractAction {
    private static final long serialVersionUID = 1L;

    private final String element;
    private final transient FormRules rules;
    private transient JDialog window;
    private transient JEditorPane page;

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
        HelpItems.follow(form, this);
        JButton button = new JButton(this);
        button.setName("help");
        // who tabs goes from field to field, and has the key
        button.setFocusable(false);
        JPanel row = new JPanel(new MigLayout("insets 0", "[]16[]"));
        row.add(title);
        row.add(button);
        return row;
    }

    /** {@return the popup menu of an element in JMeter's tree, whose item named Help now shows this help} */
    public JPopupMenu in(JPopupMenu popup) {
        HelpItems.take(popup, this);
        return popup;
    }

    /** {@return the help, as HTML; each field is a paragraph with its property's name as ID} */
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
            html.append("<p style='margin-top: 4' id='")
                    .append(field.property())
                    .append("'><b>")
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
        // a button or a menu asks for the whole; the window to come takes the focus
        Optional<FormField> field = event.getSource() instanceof AbstractButton
                ? Optional.empty()
                : fieldAround(
                        KeyboardFocusManager.getCurrentKeyboardFocusManager().getFocusOwner());
        if (window == null || !window.isDisplayable()) {
            window = window();
        }
        window.setVisible(true);
        window.toFront();
        field.ifPresent(this::show);
    }

    private JDialog window() {
        GuiPackage jmeter = GuiPackage.getInstance();
        Frame owner = jmeter == null ? null : jmeter.getMainFrame();
        JDialog dialog = new EscapeDialog(owner, Messages.text(element), false);
        dialog.setDefaultCloseOperation(JDialog.DISPOSE_ON_CLOSE);
        dialog.setContentPane(content());
        ComponentUtil.centerComponentInWindow(dialog, 50);
        return dialog;
    }

    /** {@return the field that a component belongs to} */
    Optional<FormField> fieldAround(Component component) {
        for (Component at = component; at != null; at = at.getParent()) {
            String name = at.getName();
            Optional<FormField> named = rules.fields().stream()
                    .filter(field -> field.property().equals(name))
                    .findFirst();
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }

    /** What the window shows. */
    Container content() {
        page = new JEditorPane("text/html", "") {
            private static final long serialVersionUID = 1L;

            @Override
            public void updateUI() {
                super.updateUI();
                // that of some looks is bold, and so would everything be
                setFont(UIManager.getFont("Label.font").deriveFont(Font.PLAIN));
            }
        };
        // else the letters of HTML are always the same, however large those of the look are
        page.putClientProperty(JEditorPane.HONOR_DISPLAY_PROPERTIES, true);
        page.setText(html());
        page.setEditable(false);
        page.setCaretPosition(0);
        return new JScrollPane(page);
    }

    /**
     * Selects the help of a field in the window, so that it is marked in the colours of the look, and scrolls to it.
     */
    void show(FormField field) {
        Element paragraph = ((HTMLDocument) page.getDocument()).getElement(field.property());
        page.select(paragraph.getStartOffset(), paragraph.getEndOffset() - 1);
        page.getCaret().setSelectionVisible(true);
        try {
            Rectangle2D start = page.modelToView2D(paragraph.getStartOffset());
            if (start != null) { // else it has no size yet, as in a test
                Rectangle top = start.getBounds();
                top.height = page.getVisibleRect().height;
                page.scrollRectToVisible(top);
            }
        } catch (BadLocationException e) {
            throw new IllegalStateException(e); // the offset is the document's own
        }
    }

    private static String text(String key) {
        return escaped(Messages.text(key));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}

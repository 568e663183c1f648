package io.github.jmeterbtest.jmeter;

import java.awt.Component;
import java.awt.Container;
import java.util.List;
import javax.swing.ComboBoxEditor;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JPasswordField;
import javax.swing.JTextField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.text.JTextComponent;
import org.apache.jorphan.gui.JEditableCheckBox;

/** One editor of a form. Whatever its kind it takes any text, {@code ${variables}} included, and gives it back unchanged. */
abstract class FieldEditor {
    private static final int COLUMNS = 12;

    /** @return an empty editor for a field */
    static FieldEditor of(FormField field) {
        return switch (field.kind()) {
            case TEXT -> new TextEditor(new JTextField(COLUMNS));
            case PASSWORD -> new TextEditor(new JPasswordField(COLUMNS));
            case CHOICE -> new ChoiceEditor(field.choices());
            case BOOLEAN -> new YesNoEditor(Messages.text(field.property()));
        };
    }

    /** @return what to put into the form */
    abstract JComponent component();

    /** @return the text that it holds now, also while it is being typed */
    abstract String get();

    /** Shows a text. */
    abstract void set(String text);

    /** Calls back after every change, be it typed, chosen or {@link #set}. */
    abstract void onChange(Runnable callback);

    /** @return whether the component brings its label with it */
    boolean labelsItself() {
        return false;
    }

    /** Greys the editor out or brings it back; its text stays. */
    void setEnabled(boolean enabled) {
        component().setEnabled(enabled);
    }

    /** Shows a text while the mouse rests over any part of the editor. */
    void setToolTip(String text) {
        setToolTip(component(), text);
    }

    private static void setToolTip(Component part, String text) {
        if (part instanceof JComponent component) {
            component.setToolTipText(text);
        }
        if (part instanceof Container container) {
            for (Component child : container.getComponents()) {
                setToolTip(child, text);
            }
        }
    }

    /** A callback for each keystroke. */
    private static void onTyping(JTextComponent text, Runnable callback) {
        text.getDocument().addDocumentListener(new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent e) {
                callback.run();
            }

            @Override
            public void removeUpdate(DocumentEvent e) {
                callback.run();
            }

            @Override
            public void changedUpdate(DocumentEvent e) {
                callback.run();
            }
        });
    }

    private static void onTyping(JComboBox<?> combo, Runnable callback) {
        if (combo.getEditor().getEditorComponent() instanceof JTextComponent text) {
            onTyping(text, callback);
        }
        // another look and feel brings another editor
        combo.addPropertyChangeListener("editor", event -> {
            if (event.getNewValue() instanceof ComboBoxEditor editor
                    && editor.getEditorComponent() instanceof JTextComponent text) {
                onTyping(text, callback);
            }
        });
    }

    /** The selected item of an editable combo box lags behind what is being typed. */
    private static String typed(JComboBox<?> combo) {
        Object text = combo.getEditor().getEditorComponent() instanceof JTextComponent component
                ? component.getText() : combo.getSelectedItem();
        return text == null ? "" : text.toString();
    }

    private static final class TextEditor extends FieldEditor {
        private final JTextField field;

        TextEditor(JTextField field) {
            this.field = field;
        }

        @Override
        JComponent component() {
            return field;
        }

        @Override
        String get() {
            // JPasswordField.getText is deprecated for keeping a String; JMeter keeps one anyway
            return field instanceof JPasswordField password ? new String(password.getPassword()) : field.getText();
        }

        @Override
        void set(String text) {
            field.setText(text);
            // else a text wider than the field shows its end
            field.setCaretPosition(0);
        }

        @Override
        void onChange(Runnable callback) {
            onTyping(field, callback);
        }
    }

    private static final class ChoiceEditor extends FieldEditor {
        private final JComboBox<String> combo;

        ChoiceEditor(List<String> choices) {
            combo = new JComboBox<>(choices.toArray(String[]::new));
            combo.setEditable(true);
        }

        @Override
        JComponent component() {
            return combo;
        }

        @Override
        String get() {
            return typed(combo);
        }

        @Override
        void set(String text) {
            combo.setSelectedItem(text);
            // an item that was selected already would not replace what has been typed over it
            combo.getEditor().setItem(text);
        }

        @Override
        void onChange(Runnable callback) {
            onTyping(combo, callback);
        }
    }

    /** JMeter's own check box, which turns into a text by "Use Expression" of its context menu. */
    private static final class YesNoEditor extends FieldEditor {
        private final JEditableCheckBox box;
        private final JComboBox<?> expression;

        YesNoEditor(String label) {
            box = new JEditableCheckBox(label, new JEditableCheckBox.Configuration(Messages.text("useExpression"),
                    "true", "false", List.of("${__P(property_name)}", "${variable_name}")));
            expression = comboIn(box);
        }

        private static JComboBox<?> comboIn(Container container) {
            for (Component child : container.getComponents()) {
                JComboBox<?> found = child instanceof JComboBox<?> combo ? combo
                        : child instanceof Container inner ? comboIn(inner) : null;
                if (found != null) {
                    return found;
                }
            }
            return null;
        }

        @Override
        JComponent component() {
            return box;
        }

        @Override
        boolean labelsItself() {
            return true;
        }

        @Override
        String get() {
            if (box.getValue() instanceof JEditableCheckBox.Value.Boolean ticked) {
                return Boolean.toString(ticked.getValue());
            }
            return expression != null ? typed(expression)
                    : ((JEditableCheckBox.Value.Text) box.getValue()).getValue();
        }

        @Override
        void set(String text) {
            boolean word = text.equals("true") || text.equals("false");
            box.setValue(word ? JEditableCheckBox.Value.of(Boolean.parseBoolean(text))
                    : new JEditableCheckBox.Value.Text(text));
            if (!word && expression != null) {
                expression.getEditor().setItem(text);
            }
        }

        @Override
        void onChange(Runnable callback) {
            box.addPropertyChangeListener(JEditableCheckBox.VALUE_PROPERTY, event -> callback.run());
            if (expression != null) {
                onTyping(expression, callback);
            }
        }
    }
}

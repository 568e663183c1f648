package io.github.jmeterbtest.jmeter.form;

import io.github.jmeterbtest.jmeter.field.FormField;
import java.awt.Component;
import java.awt.Container;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.ComboBoxEditor;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JPasswordField;
import javax.swing.JTextField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.text.JTextComponent;

/**
 * One editor of a form. Whatever its kind it takes any text, {@code ${variables}} included, and gives it back
 * unchanged.
 */
abstract class FieldEditor {
    private static final int COLUMNS = 12;

    /** @return an empty editor for a field */
    static FieldEditor of(FormField field) {
        return switch (field.kind()) {
            case TEXT -> new TextEditor(new JTextField(COLUMNS));
            case PASSWORD -> new TextEditor(new JPasswordField(COLUMNS));
            case CHOICE -> new ChoiceEditor(field.choices());
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

    /** @return the part that shows the text */
    abstract JTextComponent textPart();

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
                ? component.getText()
                : combo.getSelectedItem();
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
        JTextComponent textPart() {
            return field;
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
            // nothing comes first: it stands for the default, and to go back to it must be possible
            combo = new JComboBox<>(
                    Stream.concat(Stream.of(""), choices.stream()).toArray(String[]::new));
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
        JTextComponent textPart() {
            return (JTextComponent) combo.getEditor().getEditorComponent();
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
}

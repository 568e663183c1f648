package io.github.jmeterbtest.jmeter.form;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.Graphics;
import java.awt.Insets;
import java.awt.Rectangle;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import javax.swing.plaf.LayerUI;
import javax.swing.text.JTextComponent;

/** Writes over an empty editor, in grey, what it stands for. No look and feel offers this for combo boxes. */
final class DefaultHint extends LayerUI<JComponent> {
    private static final long serialVersionUID = 1L;

    private final transient FieldEditor editor;
    private final String text;

    /** @param defaultValue what an empty editor stands for; empty to write nothing */
    DefaultHint(FieldEditor editor, String defaultValue) {
        this.editor = editor;
        this.text = defaultValue.isEmpty() ? "" : Messages.text("default", defaultValue);
    }

    @Override
    public void paint(Graphics graphics, JComponent layer) {
        super.paint(graphics, layer);
        if (editor.get().isEmpty()) {
            write(graphics, layer);
        }
    }

    private void write(Graphics graphics, JComponent layer) {
        JTextComponent part = editor.textPart();
        JLabel hint = new JLabel(text);
        hint.setFont(part.getFont());
        hint.setEnabled(false);
        Rectangle area = SwingUtilities.convertRectangle(part.getParent(), part.getBounds(), layer);
        Insets insets = part.getInsets();
        hint.setSize(area.width - insets.left - insets.right, area.height);
        Graphics own = graphics.create(area.x + insets.left, area.y, hint.getWidth(), hint.getHeight());
        hint.paint(own);
        own.dispose();
    }
}

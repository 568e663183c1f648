package io.github.jmeterbtest.jmeter.form;

import java.awt.Color;
import java.awt.Graphics;
import java.awt.Insets;
import java.awt.Rectangle;
import java.util.function.Supplier;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import javax.swing.plaf.LayerUI;
import javax.swing.text.JTextComponent;

/** Writes over an empty editor, in a soft colour, what it stands for. No look and feel offers this for combo boxes. */
final class DefaultHint extends LayerUI<JComponent> {
    private static final long serialVersionUID = 1L;
    /** Share of the text's colour: softer than what is typed, and still readable. */
    private static final float STRENGTH = 0.72f;
    /** In an editor that cannot be used. */
    private static final float WEAK = 0.4f;

    private final transient FieldEditor editor;
    private final transient Supplier<String> text;

    /** @param text what an empty editor stands for now; empty to write nothing */
    DefaultHint(FieldEditor editor, Supplier<String> text) {
        this.editor = editor;
        this.text = text;
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
        JLabel hint = new JLabel(text.get());
        hint.setFont(part.getFont());
        // not that of a disabled label: many looks emboss it, or make it too faint to read
        hint.setForeground(softColour(part));
        Rectangle area = SwingUtilities.convertRectangle(part.getParent(), part.getBounds(), layer);
        Insets insets = part.getInsets();
        hint.setSize(area.width - insets.left - insets.right, area.height);
        Graphics own = graphics.create(area.x + insets.left, area.y, hint.getWidth(), hint.getHeight());
        hint.paint(own);
        own.dispose();
    }

    /** Made anew each time, since another look brings other colours. */
    private static Color softColour(JTextComponent part) {
        float[] text = part.getForeground().getRGBColorComponents(null);
        float strength = part.isEnabled() ? STRENGTH : WEAK;
        float[] ground = part.getBackground().getRGBColorComponents(null);
        for (int i = 0; i < text.length; i++) {
            text[i] = strength * text[i] + (1 - strength) * ground[i];
        }
        return new Color(text[0], text[1], text[2]);
    }
}

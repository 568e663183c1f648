package io.github.jmeterbtest.jmeter.form;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import javax.swing.ImageIcon;
import org.apache.jmeter.gui.GUIFactory;
import org.apache.jmeter.util.JMeterUtils;

/**
 * The picture of an element in JMeter's tree. It is drawn, not loaded, so it is sharp at every size and scale; its
 * colours are readable on light and on dark ground.
 */
public final class ElementIcon extends ImageIcon {
    private static final long serialVersionUID = 1L;
    private static final Color GREEN = new Color(0x4F, 0xA8, 0x4F);
    private static final Color BLUE = new Color(0x3D, 0x8F, 0xD1);
    private static final Color GREY = new Color(0x8C, 0x8C, 0x8C);
    /** Length of the side of the square that the drawings are made for. */
    private static final double GRID = 16;

    private final transient Drawing drawing;
    private final boolean enabled;

    /** What is drawn, in a square of 16 by 16. */
    public enum Drawing {
        /** Data both ways. */
        TEST(pen -> {
            pen.arrow(BLUE, 1, 5.5, 15);
            pen.arrow(GREEN, 15, 10.5, 1);
        }),
        /** Data both ways, and lines below for values. */
        DEFAULTS(pen -> {
            pen.arrow(BLUE, 1, 3.5, 15);
            pen.arrow(GREEN, 15, 7.5, 1);
            pen.line(GREY, 2, 12, 14, 12);
            pen.line(GREY, 2, 14.5, 9, 14.5);
        }),
        /** Two units in a rack. */
        SERVER(pen -> {
            pen.unit(2);
            pen.unit(9);
        }),
        /** Data that comes to a unit in a rack. */
        SESSION(pen -> {
            pen.arrow(BLUE, 1, 4, 15);
            pen.unit(9);
        }),
        /** A table. */
        SUMMARY(pen -> {
            pen.line(BLUE, 1, 3.5, 15, 3.5);
            for (double y : new double[] {7.5, 10.5, 13.5}) {
                pen.line(GREY, 1, y, 9, y);
                pen.line(GREEN, 11, y, 15, y);
            }
        }),
        /** Data, and a limit that it comes up to. */
        SEARCH(pen -> {
            pen.arrow(BLUE, 1, 5.5, 12);
            pen.arrow(GREEN, 1, 11, 12);
            pen.line(GREY, 14, 2, 14, 14);
        }),
        /** A line over its axes. */
        CHART(pen -> {
            pen.line(GREY, 1.5, 1, 1.5, 14.5);
            pen.line(GREY, 1.5, 14.5, 15, 14.5);
            pen.line(BLUE, 4, 11, 7, 5.5);
            pen.line(BLUE, 7, 5.5, 10, 8.5);
            pen.line(BLUE, 10, 8.5, 14.5, 2.5);
        }),
        /** Data, and a tick. */
        ASSERTION(pen -> {
            pen.arrow(BLUE, 1, 4, 15);
            pen.line(GREEN, 3.5, 11, 6.5, 14);
            pen.line(GREEN, 6.5, 14, 13, 8);
        });

        private final transient Consumer<Pen> strokes;

        Drawing(Consumer<Pen> strokes) {
            this.strokes = strokes;
        }
    }

    /** Draws in colours, or all in grey. */
    private record Pen(Graphics2D graphics, boolean colours) {
        void line(Color colour, double x1, double y1, double x2, double y2) {
            graphics.setColor(shade(colour));
            graphics.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(new Line2D.Double(x1, y1, x2, y2));
        }

        /** A level arrow. */
        void arrow(Color colour, double from, double y, double to) {
            double back = Math.signum(from - to);
            line(colour, from, y, to + 3 * back, y);
            Path2D head = new Path2D.Double();
            head.moveTo(to, y);
            head.lineTo(to + 4.5 * back, y - 3);
            head.lineTo(to + 4.5 * back, y + 3);
            head.closePath();
            graphics.fill(head);
        }

        /** A box as wide as the icon, with a lamp. */
        void unit(double y) {
            graphics.setColor(shade(GREY));
            graphics.setStroke(new BasicStroke(1.2f));
            graphics.draw(new Rectangle2D.Double(1, y, 14, 5));
            line(GREY, 8, y + 2.5, 12.5, y + 2.5);
            graphics.setColor(shade(GREEN));
            graphics.fill(new Ellipse2D.Double(2.8, y + 1.3, 2.4, 2.4));
        }

        private Color shade(Color colour) {
            return colours ? colour : new Color(GREY.getRed(), GREY.getGreen(), GREY.getBlue(), 0x90);
        }
    }

    /** @param size length of its sides, at least 1 */
    ElementIcon(Drawing drawing, boolean enabled, int size) {
        super(new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB));
        this.drawing = drawing;
        this.enabled = enabled;
        draw((Graphics2D) getImage().getGraphics());
    }

    /**
     * Has JMeter show a drawing, in its own icons' size, for all elements of a form. To be called before any is shown.
     */
    public static void register(Class<?> form, Drawing drawing) {
        int size = size();
        GUIFactory.registerIcon(form.getName(), new ElementIcon(drawing, true, size));
        GUIFactory.registerDisabledIcon(form.getName(), new ElementIcon(drawing, false, size));
    }

    /** JMeter's own property, such as 19x19. */
    private static int size() {
        String size = JMeterUtils.getPropDefault("jmeter.tree.icons.size", "");
        return size.matches("\\d{1,2}x\\d{1,2}")
                ? Math.max(1, Integer.parseInt(size.substring(0, size.indexOf('x'))))
                : 19;
    }

    /** Not the image, which would be blurred on a screen with more points. */
    @Override
    public synchronized void paintIcon(Component component, Graphics graphics, int x, int y) {
        draw((Graphics2D) graphics.create(x, y, getIconWidth(), getIconHeight()));
    }

    /** @param graphics of its own size; disposed of */
    private void draw(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(getIconWidth() / GRID, getIconHeight() / GRID);
        drawing.strokes.accept(new Pen(graphics, enabled));
        graphics.dispose();
    }
}

package io.github.jmeterbtest.jmeter.chart;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javax.swing.JComponent;
import javax.swing.SwingUtilities;
import javax.swing.SwingWorker;
import javax.swing.ToolTipManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a scene. A hundred lines take more than a tenth of a second to paint, so that is done beside Swing's thread,
 * which only copies the picture and draws what follows the mouse pointer: values below it, and the part that is being
 * chosen.
 */
public final class ChartView extends JComponent {
    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(ChartView.class);
    /** A drag over fewer pixels is a click. */
    private static final int MIN_DRAG = 5;
    /** There is nothing to see in less. */
    private static final long MIN_WINDOW_MILLIS = 2_000;

    private final transient Consumer<Optional<ChartExtent>> zoom;
    private transient volatile ChartScene scene = ChartScene.EMPTY;
    private transient volatile Painted painted = new Painted(null, ChartScene.EMPTY, ChartLayout.EMPTY);
    private boolean painting;
    private boolean outdated;
    private final transient ChartPace pace = new ChartPace(System::nanoTime);
    private int pointerX = -1;
    private int draggedFrom = -1;

    /** A picture, with what it shows and where. */
    private record Painted(BufferedImage picture, ChartScene scene, ChartLayout layout) {}

    /**
     * An empty view, until {@link #show}.
     *
     * @param zoom takes the part of the axis that the user wants to see, or nothing for all of it
     */
    public ChartView(Consumer<Optional<ChartExtent>> zoom) {
        this.zoom = zoom;
        // so low that JMeter's window on a screen of 1366x768 has room for it, the table and the buttons without
        // scrolling
        setPreferredSize(new Dimension(440, 180));
        setMinimumSize(new Dimension(200, 150));
        setOpaque(true);
        addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent event) {
                paintBeside();
            }
        });
        Pointer pointer = new Pointer();
        addMouseListener(pointer);
        addMouseMotionListener(pointer);
        ToolTipManager.sharedInstance().registerComponent(this);
    }

    /** {@return whether enough time has passed since the last picture} */
    public boolean isReady() {
        return !painting && pace.isReady();
    }

    /** {@return whether what was to be shown has been painted} */
    boolean hasPicture() {
        return painted.picture() != null && painted.scene().equals(scene);
    }

    /** Paints a scene, as soon as the one being painted is finished. Swing's thread only. */
    public void show(ChartScene next) {
        scene = next;
        paintBeside();
    }

    /** JMeter's look has changed. */
    @Override
    public void updateUI() {
        if (scene != null) { // not in the constructor
            paintBeside();
        }
    }

    private void paintBeside() {
        if (getWidth() <= 0 || getHeight() <= 0) {
            return;
        }
        if (painting) {
            outdated = true;
            return;
        }
        painting = true;
        outdated = false;
        new Painting().execute();
    }

    @Override
    public String getToolTipText(MouseEvent event) {
        return painted.layout().tipAt(event.getPoint()).map(ToolTips::wrapped).orElse(null);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D own = (Graphics2D) graphics.create();
        if (isPaintingForPrint()) {
            new ChartPainter(ChartColours.ofLook()).paint(own, getWidth(), getHeight(), scene);
        } else {
            own.setColor(ChartColours.ofLook().background());
            own.fillRect(0, 0, getWidth(), getHeight());
            if (painted.picture() != null) {
                // while the form is resized, the old picture is stretched until the new one is there
                own.drawImage(painted.picture(), 0, 0, getWidth(), getHeight(), null);
            }
            paintPointer(own);
        }
        own.dispose();
    }

    private void paintPointer(Graphics2D graphics) {
        if (pointerX < 0 || !painted.layout().hasPlots()) {
            return;
        }
        ChartColours colours = ChartColours.ofLook();
        if (draggedFrom >= 0) {
            Color line = colours.foreground();
            graphics.setColor(new Color(line.getRed(), line.getGreen(), line.getBlue(), 50));
            for (Rectangle plot : painted.layout().plots()) {
                graphics.fillRect(
                        Math.min(draggedFrom, pointerX), plot.y, Math.abs(pointerX - draggedFrom), plot.height);
            }
        } else {
            new ChartHover(colours, painted.scene(), painted.layout()).paint(graphics, pointerX, getSize());
        }
    }

    /** Moving tells values, dragging chooses a part, a double click shows all again. */
    private final class Pointer extends MouseAdapter {
        @Override
        public void mouseMoved(MouseEvent event) {
            point(painted.layout().isInPlot(event.getPoint()) ? event.getX() : -1);
        }

        @Override
        public void mouseExited(MouseEvent event) {
            point(-1);
        }

        @Override
        public void mousePressed(MouseEvent event) {
            boolean inPlot = painted.layout().isInPlot(event.getPoint());
            boolean zoomable = inPlot && !painted.scene().isOverSize();
            draggedFrom = SwingUtilities.isLeftMouseButton(event) && zoomable ? event.getX() : -1;
        }

        @Override
        public void mouseDragged(MouseEvent event) {
            if (draggedFrom >= 0 && painted.layout().hasPlots()) {
                Rectangle plot = painted.layout().plots().get(0);
                point(Math.max(plot.x, Math.min(plot.x + plot.width, event.getX())));
            }
        }

        @Override
        public void mouseReleased(MouseEvent event) {
            int from = draggedFrom;
            draggedFrom = -1;
            boolean dragged = from >= 0 && pointerX >= 0 && painted.layout().hasPlots();
            if (dragged && Math.abs(pointerX - from) >= MIN_DRAG) {
                zoom.accept(Optional.of(between(from, pointerX)));
            }
            repaint();
        }

        @Override
        public void mouseClicked(MouseEvent event) {
            if (event.getClickCount() == 2) {
                zoom.accept(Optional.empty());
            }
        }

        private ChartExtent between(int from, int to) {
            long first = Math.round(painted.layout().timeAt(Math.min(from, to)));
            long end = Math.round(painted.layout().timeAt(Math.max(from, to)));
            long missing = Math.max(0, MIN_WINDOW_MILLIS - (end - first));
            long start = Math.max(painted.scene().extent().firstMillis(), first - missing / 2);
            return new ChartExtent(start, Math.max(end, start + MIN_WINDOW_MILLIS));
        }

        private void point(int x) {
            if (x != pointerX) {
                pointerX = x;
                repaint();
            }
        }
    }

    /** Paints what was there to see when it was made. */
    private final class Painting extends SwingWorker<Painted, Void> {
        private final ChartScene seen = scene;
        private final ChartColours colours = ChartColours.ofLook();
        private final int width = getWidth();
        private final int height = getHeight();
        private final double scale = getGraphicsConfiguration() == null
                ? 1
                : getGraphicsConfiguration().getDefaultTransform().getScaleX();
        private long tookNanos;

        @Override
        protected Painted doInBackground() {
            long begin = ChartPace.cpuNanos();
            BufferedImage image = new BufferedImage(
                    (int) Math.ceil(width * scale), (int) Math.ceil(height * scale), BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.scale(scale, scale);
            ChartLayout layout = new ChartPainter(colours).paint(graphics, width, height, seen);
            graphics.dispose();
            tookNanos = ChartPace.cpuNanos() - begin;
            return new Painted(image, seen, layout);
        }

        @Override
        protected void done() {
            painting = false;
            try {
                painted = get();
                pace.worked(tookNanos);
                repaint();
            } catch (ExecutionException e) {
                log.warn("Cannot paint the throughput chart", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (outdated) {
                paintBeside();
            }
        }
    }
}

package io.github.jmeterbtest.jmeter.chart;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.swing.JComponent;
import javax.swing.SwingWorker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a snapshot. A hundred lines take more than a tenth of a second to paint, so that is done beside Swing's thread,
 * which only copies the picture.
 */
public final class ChartView extends JComponent {
    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(ChartView.class);
    /** The machine may be measuring: painting gets a twentieth of a CPU at most. */
    private static final int PAUSE_TO_PAINTING = 19;

    private transient ChartSnapshot snapshot = new ChartSnapshot(0, 1000, 0, List.of(), Optional.empty(), List.of(), 0);
    private transient BufferedImage picture;
    private boolean painting;
    private boolean outdated;
    private long pauseUntilNanos = System.nanoTime();

    /** An empty view, until {@link #show}. */
    public ChartView() {
        // so low that JMeter's window on a screen of 1366x768 has room for it, the table and the buttons without
        // scrolling
        setPreferredSize(new Dimension(440, 210));
        setMinimumSize(new Dimension(200, 150));
        setOpaque(true);
        addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent event) {
                paintBeside();
            }
        });
    }

    /** {@return whether enough time has passed since the last picture} */
    public boolean isReady() {
        return !painting && System.nanoTime() - pauseUntilNanos >= 0;
    }

    /** Paints a snapshot, as soon as the one being painted is finished. Swing's thread only. */
    public void show(ChartSnapshot next) {
        snapshot = next;
        paintBeside();
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
    protected void paintComponent(Graphics graphics) {
        if (isPaintingForPrint()) {
            Graphics2D own = (Graphics2D) graphics.create();
            new ChartPainter(ChartColours.ofLook()).paint(own, getWidth(), getHeight(), snapshot);
            own.dispose();
            return;
        }
        graphics.setColor(ChartColours.ofLook().background());
        graphics.fillRect(0, 0, getWidth(), getHeight());
        if (picture != null) {
            // while the form is resized, the old picture is stretched until the new one is there
            graphics.drawImage(picture, 0, 0, getWidth(), getHeight(), null);
        }
    }

    /** Paints what was there to see when it was made. */
    private final class Painting extends SwingWorker<BufferedImage, Void> {
        private final ChartSnapshot seen = snapshot;
        private final ChartColours colours = ChartColours.ofLook();
        private final int width = getWidth();
        private final int height = getHeight();
        private final double scale = getGraphicsConfiguration() == null
                ? 1
                : getGraphicsConfiguration().getDefaultTransform().getScaleX();
        private long tookNanos;

        @Override
        protected BufferedImage doInBackground() {
            long begin = System.nanoTime();
            BufferedImage image = new BufferedImage(
                    (int) Math.ceil(width * scale), (int) Math.ceil(height * scale), BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.scale(scale, scale);
            new ChartPainter(colours).paint(graphics, width, height, seen);
            graphics.dispose();
            tookNanos = System.nanoTime() - begin;
            return image;
        }

        @Override
        protected void done() {
            painting = false;
            try {
                picture = get();
                pauseUntilNanos =
                        System.nanoTime() + Math.min(tookNanos * PAUSE_TO_PAINTING, TimeUnit.SECONDS.toNanos(10));
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

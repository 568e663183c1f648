package io.github.jmeterbtest.jmeter.chart;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Saves a chart. */
public final class ChartFiles {
    private ChartFiles() {}

    /** @throws IOException if the file cannot be written */
    public static void writePng(ChartScene scene, ChartColours colours, int width, int height, Path file)
            throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        new ChartPainter(colours).paint(graphics, width, height, scene);
        graphics.dispose();
        // to a stream, since ImageIO hides why it cannot open a file
        try (var out = Files.newOutputStream(file)) {
            ImageIO.write(image, "png", out);
        }
    }

    /**
     * Writes all that is known of the chosen runs.
     *
     * @throws IOException if the file cannot be written
     */
    public static void writeCsv(ChartRuns runs, ChartChoice choice, Path file) throws IOException {
        List<ChartCsv.SavedRun> saved = runs.chosen(choice).stream()
                .map(run -> new ChartCsv.SavedRun(run.name(), run.model().snapshot(ChartModel.MAX_BUCKETS)))
                .toList();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            ChartCsv.write(saved, out);
        }
    }
}

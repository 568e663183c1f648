package io.github.jmeterbtest.jmeter.chart;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Saves a chart. */
public final class ChartFiles {
    private ChartFiles() {}

    /** @throws IOException if the file cannot be written */
    public static void writePng(ChartSnapshot snapshot, ChartColours colours, int width, int height, Path file)
            throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        new ChartPainter(colours).paint(graphics, width, height, snapshot);
        graphics.dispose();
        // to a stream, since ImageIO hides why it cannot open a file
        try (var out = Files.newOutputStream(file)) {
            ImageIO.write(image, "png", out);
        }
    }

    /** @throws IOException if the file cannot be written */
    public static void writeCsv(ChartSnapshot snapshot, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            ChartCsv.write(snapshot, out);
        }
    }
}

package io.github.jmeterbtest.it;

import java.io.BufferedReader;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.condition.OS;

/** A screen that nobody sees, for a JMeter with its GUI. */
final class VirtualScreen implements AutoCloseable {
    private final Process xvfb;
    private final String display;

    private VirtualScreen(Process xvfb, String display) {
        this.xvfb = xvfb;
        this.display = display;
    }

    /** {@return a screen of its own; without Xvfb on this machine the test is skipped} */
    static VirtualScreen open() throws IOException {
        Assumptions.assumeTrue(OS.LINUX.isCurrentOs(), "elsewhere Java opens its windows on no screen of X11");
        Process xvfb = null;
        try {
            xvfb = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1700x960x24", "-nolisten", "tcp")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("no Xvfb here: " + e.getMessage());
        }
        BufferedReader output = xvfb.inputReader();
        // it chooses a free number and tells it when it is ready
        String number = output.readLine();
        Assumptions.assumeTrue(number != null, "Xvfb does not start");
        return new VirtualScreen(xvfb, ":" + number.trim());
    }

    /** {@return what belongs into the environment variable DISPLAY} */
    String display() {
        return display;
    }

    @Override
    public void close() {
        xvfb.destroy();
    }
}

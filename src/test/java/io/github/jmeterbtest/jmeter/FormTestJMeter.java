package io.github.jmeterbtest.jmeter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jmeter.util.JMeterUtils;

/** As much of JMeter as a form needs: properties and a language. */
public final class FormTestJMeter {
    private FormTestJMeter() {}

    public static void start() {
        try {
            Path properties = Files.createTempFile("jmeter", ".properties");
            Files.writeString(properties, "language=en\n");
            JMeterUtils.loadJMeterProperties(properties.toString());
            Files.delete(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JMeterUtils.initLocale();
    }
}

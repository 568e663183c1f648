package io.github.jmeterbtest.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The start of the command lines that run engines and JMeter: {@code -Dbench.java=HOME}, or this process's own Java.
 */
public final class JavaCommand {
    private static final String HOME = System.getProperty("bench.java", System.getProperty("java.home"));

    private JavaCommand() {}

    /**
     * @param arguments options of the JVM, the class or jar, and its arguments
     * @return a command line; native access is allowed, which Java 24 and newer would warn of
     */
    public static List<String> of(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Path.of(HOME, "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(arguments));
        return command;
    }
}

package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command that a build runs after JMeter. */
final class VerdictProcess {
    private VerdictProcess() {}

    /** {@return what a build would print} */
    static List<String> of(Path directory, Path results, String... options) throws Exception {
        Path output = directory.resolve("verdict");
        List<String> command = new ArrayList<>(List.of(
                JMeterProcess.JAVA.resolve("bin/java").toString(),
                "-cp",
                JMeterProcess.plugin().toString(),
                "io.github.jmeterbtest.Verdict",
                results.toString()));
        command.addAll(List.of(options));
        Process verdict = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(verdict.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(output);
    }
}

package io.github.jmeterbtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A test that needs what Windows or macOS lack is skipped there, with the reason. */
class OtherSystemsTest {
    private static final Path TESTS = Path.of("src/test/java");
    /** A shell, Linux's tables, a screen of X11, network namespaces, loopback addresses that macOS lacks. */
    private static final Pattern NEED =
            Pattern.compile("\"(sh|/proc/[^\"]*|Xvfb|netns)\"|\\(\"127\\.0\\.0\\.(?!1\")\\d+\"");

    private static final Pattern CONDITION =
            Pattern.compile("@(Enabled|Disabled)OnOs|@NeedsLoopbackNetwork|OS\\.LINUX|Assumptions\\.|Batching#enabled");
    /** Started by tests and benchmarks that have such a condition themselves; and one that only compares addresses. */
    private static final Pattern EXEMPT = Pattern.compile("(accuracy|bench|harness)\\W|UdpPeerTest\\.java");

    @Test
    void whatNeedsOneSystemSaysSo() throws IOException {
        try (var files = Files.walk(TESTS)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !EXEMPT.matcher(file.toString()).find()))
                    .isNotEmpty()
                    .allSatisfy(file -> {
                        String source = Files.readString(file);
                        if (NEED.matcher(source).find()) {
                            assertThat(source).containsPattern(CONDITION);
                        }
                    });
        }
    }
}

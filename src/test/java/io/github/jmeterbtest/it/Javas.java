package io.github.jmeterbtest.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** The Javas of this machine that the plugin is made for: 17 or newer, each once. */
final class Javas {
    private static final int OLDEST = 17;
    /** Where Linux distributions, and the makers' packages for them, put their Javas. */
    private static final Path DIRECTORY = Path.of("/usr/lib/jvm");

    private Javas() {}

    /** {@return their homes, first the one that runs this test} */
    static List<Path> homes() throws IOException {
        Set<Path> homes = new LinkedHashSet<>();
        homes.add(JMeterProcess.JAVA.toRealPath());
        if (Files.isDirectory(DIRECTORY)) {
            try (var entries = Files.list(DIRECTORY)) {
                for (Path entry : entries.sorted().toList()) {
                    if (Files.isExecutable(entry.resolve("bin/java")) && feature(entry) >= OLDEST) {
                        homes.add(entry.toRealPath());
                    }
                }
            }
        }
        return new ArrayList<>(homes);
    }

    /** {@return such as 17, or 0 where the home does not say it} */
    private static int feature(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.exists(release)) {
            return 0;
        }
        Properties said = new Properties();
        try (var reader = Files.newBufferedReader(release)) {
            said.load(reader);
        }
        String version = said.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.isEmpty()
                ? 0
                : Runtime.Version.parse(version.split("_", 2)[0]).feature();
    }
}

package io.github.jmeterbtest.harness;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that can be opened, and on which every write fails as on a disk that is full. */
public final class FullDisk {
    private static final Path FULL = Path.of("/dev/full");

    private FullDisk() {}

    /** {@return the file; the calling test is skipped where the system has none} */
    public static Path file() {
        assumeThat(FULL).as("a device that is always full (Linux)").exists();
        return FULL;
    }

    /** Has a name lead there, and {@return the name}. */
    public static Path linkedAs(Path name) throws IOException {
        return Files.createSymbolicLink(name, file());
    }
}

package io.github.jmeterbtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A throughput search is one test, and its trials are none. */
class VerdictSearchTest {
    private static final String MEASURED = "rx 5 Mbit/s, tx 0 bit/s, lost 0";
    private static final String TABLE = "64: NDR 18 Mbit/s 48913 pps, PDR 0.5 % 20 Mbit/s 54348 pps;"
            + " 1518: NDR below 100 kbit/s, PDR 0.5 % unknown";

    @TempDir
    Path folder;

    private final List<String> rows = new ArrayList<>(
            List.of("timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,bytes,sentBytes,Latency"));
    private String printed = "";

    private int verdict(String... options) throws IOException {
        Path results = Files.writeString(folder.resolve("results.jtl"), String.join("\n", rows) + "\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = Verdict.run(
                Stream.concat(Stream.of(results.toString()), Stream.of(options)).toList(),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        printed = out.toString(StandardCharsets.UTF_8).strip();
        return status;
    }

    private void row(String label, int start, int elapsed, String message, String thread, boolean passed) {
        rows.add("%d,%d,%s,%s,\"%s\",%s,%s,0,0,%d"
                .formatted(start, elapsed, label, passed ? "200" : "STOPPED", message, thread, passed, passed ? 1 : 0));
    }

    private void interval(String test, int start) {
        rows.add("%d,1000,%s: interval,200,\"%s\",T 1-1,true,1,1,0".formatted(start, test, MEASURED));
    }

    /** A size can have several trials; the first one begins with the search. */
    private void trials() {
        row("north: 64", 10_000, 1000, MEASURED, "T 1-1", true);
        row("north: 64", 12_000, 1000, MEASURED, "T 1-1", true);
        interval("north: 1518", 14_000);
        row("north: 1518", 14_000, 1000, MEASURED, "T 1-1", true);
    }

    @Test
    void aSearchIsOneTest() throws IOException {
        row("other", 1_000, 5_000, MEASURED, "T 1-1", true);
        trials();
        row("north", 10_000, 6_000, TABLE, "T 1-1", true);
        Path junit = folder.resolve("junit.xml");
        assertThat(verdict("--tests", "2", "--junit", junit.toString())).isEqualTo(Verdict.PASSED);
        assertThat(printed).isEqualTo("2 tests, 0 failed (3 search trials not counted)");
        assertThat(junit).content().contains("tests=\"2\"", "\"north\"", TABLE).doesNotContain("north: ");
    }

    /** Also the trial in the middle of which it was stopped, be it with a result or without. */
    @Test
    void aFailedSearchFailsOnce() throws IOException {
        trials();
        row("north: 1518", 16_000, 500, "it was stopped", "T 1-1", false);
        interval("north: 64", 17_000);
        row("north", 10_000, 8_500, "the search was stopped; until then: " + TABLE, "T 1-1", false);
        assertThat(verdict()).isEqualTo(Verdict.FAILED);
        assertThat(printed.lines())
                .containsExactly(
                        "FAILED north: STOPPED: the search was stopped; until then: " + TABLE,
                        "1 test, 1 failed (5 search trials not counted)");
    }

    @Test
    void withoutItsSearchATrialCounts() throws IOException {
        trials();
        assertThat(verdict("--tests", "1")).isEqualTo(Verdict.FAILED);
        assertThat(printed.lines()).containsExactly("FAILED: 1 test was wanted, 3 tests were run", "3 tests, 0 failed");
    }

    /** Else the build would pass. */
    @Test
    void aTestThatFailsAsSoonAsTheSearchHasEndedIsNoTrial() throws IOException {
        trials();
        row("north", 10_000, 6_000, TABLE, "T 1-1", true);
        row("north: 64", 16_000, 0, "Server is empty", "T 1-1", false);
        assertThat(verdict()).isEqualTo(Verdict.FAILED);
        assertThat(printed).contains("FAILED north: 64: ", "2 tests, 1 failed (3 search trials not counted)");
    }

    @Test
    void whatOnlyLooksLikeATrialCounts() throws IOException {
        row("north", 10_000, 6_000, TABLE, "T 1-1", true);
        row("north: 64", 11_000, 1000, MEASURED, "T 1-2", true);
        row("north: 64", 17_000, 1000, MEASURED, "T 1-1", true);
        row("north: 128", 11_000, 1000, MEASURED, "T 1-1", true);
        row("south: 64", 11_000, 1000, MEASURED, "T 1-1", true);
        assertThat(verdict()).isEqualTo(Verdict.PASSED);
        assertThat(printed).isEqualTo("5 tests, 0 failed");
    }
}

package io.github.jmeterbtest.jmeter.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.jmeter.Transactions;
import io.github.jmeterbtest.protocol.Direction;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.jmeter.assertions.AssertionResult;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.Test;

class SummaryTableTest {
    private final SummaryTable table = new SummaryTable();

    private static SampleResult sample(String label, String code, String message) {
        return sample(label, code, message, 5_000);
    }

    private static SampleResult sample(String label, String code, String message, long millis) {
        long end = ZonedDateTime.now(ZoneId.systemDefault())
                .with(LocalTime.of(13, 5, 9))
                .toInstant()
                .toEpochMilli();
        SampleResult sample = SampleResult.createTestSample(end - millis, end);
        sample.setSampleLabel(label);
        sample.setResponseCode(code);
        sample.setResponseMessage(message);
        sample.setSuccessful(code.equals("200"));
        return sample;
    }

    private static SampleResult good(String label, String rx, String tx, int lost) {
        return sample(label, "200", "rx " + rx + ", tx " + tx + ", lost " + lost);
    }

    private static SampleResult withBytes(SampleResult sample, long received, long sent) {
        sample.setBodySize(received);
        sample.setSentBytes(sent);
        return sample;
    }

    @Test
    void printsALineForEachIntervalAtOnce() {
        assertThat(table.add(good("Uplink: interval", "941.2 Mbit/s", "0 bit/s", 2)))
                .containsExactly(
                        "13:05:09  Uplink                        rx  941.2 Mbit/s  tx       0 bit/s  lost 2  in 5000 ms");
    }

    @Test
    void tellsTheLatency() {
        assertThat(table.add(sample("Up: interval", "200", "rx 1 bit/s, tx 0 bit/s, lost 0, rtt 12.3 ms", 1000)))
                .first()
                .asString()
                .endsWith("lost 0  rtt 12.3 ms");
        table.add(sample("Up", "200", "rx 1 bit/s, tx 0 bit/s, lost 0, rtt 12.0 ms under load, 1.00 ms idle"));
        table.add(sample(
                "Up",
                "200",
                "rx 1 bit/s, tx 0 bit/s, lost 0, rtt 14.0 ms under load (1 late, 2 lost of 9), unknown idle"));
        assertThat(table.lines())
                .contains("    latency 1.00 ms idle, 13.0 ms under load (1 late, 2 lost): 11.0 ms more, good");
    }

    @Test
    void printsTheTableOfASearchAtOnceAndWhyItFailed() {
        SampleResult search = sample("Search", "200", "64: NDR below 100 kbit/s; 1518: NDR 34.5 Mbit/s 2875 pps");
        assertThat(table.add(search))
                .containsExactly(
                        "13:05:09  Search                        64: NDR below 100 kbit/s",
                        "13:05:09  Search                        1518: NDR 34.5 Mbit/s 2875 pps");
        SearchSample.fail(search, "Minimum rate", "too slow");
        assertThat(table.add(search))
                .hasSize(3)
                .last()
                .asString()
                .endsWith("Search                        FAILED  an assertion failed: too slow");
        assertThat(table.lines())
                .containsSubsequence(
                        "    64: NDR below 100 kbit/s",
                        "    1518: NDR 34.5 Mbit/s 2875 pps",
                        "    an assertion failed: too slow")
                .anyMatch(line -> line.startsWith("Search  1 of 2 FAILED"));
    }

    @Test
    void endsWithARowForEachLabel() {
        table.add(good("Uplink: interval", "1.0 Gbit/s", "0 bit/s", 0));
        table.add(withBytes(good("Uplink", "100.0 Mbit/s", "0 bit/s", 1), 1_499_000_000, 0));
        table.add(withBytes(good("Uplink", "300.0 Mbit/s", "2.0 kbit/s", 2), 900_000, 100_000));
        table.add(good("Downlink", "0 bit/s", "1.0 Gbit/s", 0));
        assertThat(table.lines())
                .containsExactly(
                        "",
                        "MikroTik Bandwidth Summary",
                        "test      result             rx average     tx average      volume      lost      loss    duration",
                        "Uplink    OK 2             200.0 Mbit/s     1.0 kbit/s      1.5 GB         3         -       5.0 s",
                        "Downlink  OK                    0 bit/s     1.0 Gbit/s         0 B         0         -       5.0 s");
    }

    @Test
    void tellsTheShareOfLossOfTheTestsThatKnowIt() {
        table.add(sample("Uplink", "200", "rx 1.0 Mbit/s, tx 0 bit/s, lost 12 (0.03 %)"));
        table.add(sample("Uplink", "200", "rx 1.0 Mbit/s, tx 0 bit/s, lost 0 (0 %)"));
        table.add(good("Uplink", "0 bit/s", "1.0 Mbit/s", 0));
        assertThat(table.lines())
                .contains(
                        "Uplink  OK 3             666.7 kbit/s   333.3 kbit/s         0 B        12   0.015 %       5.0 s");
    }

    @Test
    void tellsWhatThisHostDropped() {
        String message = "rx 1.0 Gbit/s, tx 0 bit/s, lost 20%s, of which 15 dropped by this host (receive buffer full)";
        assertThat(table.add(sample("Uplink: interval", "200", message.formatted("")))
                        .get(0))
                .contains("lost 20  HOST 15");
        table.add(sample("Uplink", "200", message.formatted(" (5 %)")));
        table.add(sample("Uplink", "200", message.formatted(" (5 %)")));
        assertThat(table.lines())
                .containsSubsequence(
                        "Uplink  OK 2               1.0 Gbit/s        0 bit/s         0 B        40       5 %       5.0 s",
                        "    this host dropped 30 of the lost datagrams (receive buffer full)");
    }

    @Test
    void whatIsNotKnownIsToldAsSuch() {
        assertThat(table.add(good("Uplink: interval", "0 bit/s", "unknown", 0)))
                .containsExactly(
                        "13:05:09  Uplink                        rx       0 bit/s  tx       unknown  lost 0  in 5000 ms");
        table.add(good("Uplink", "0 bit/s", "unknown", 0));
        assertThat(table.lines())
                .contains(
                        "Uplink  OK                    0 bit/s        unknown         0 B         0         -       5.0 s");
        table.add(good("Uplink", "0 bit/s", "30.0 Mbit/s", 0));
        assertThat(table.lines())
                .contains(
                        "Uplink  OK 2                  0 bit/s    30.0 Mbit/s         0 B         0         -       5.0 s");
    }

    @Test
    void tellsFailuresWithCodeAndMessage() {
        table.add(good("Uplink", "100.0 Mbit/s", "0 bit/s", 0));
        table.add(sample("Uplink", "PEER_LOST", "the server went silent", 2_000));
        table.add(sample("Uplink", "PEER_LOST", "the server went silent", 2_000));
        table.add(sample("Down", "CONNECT_REFUSED", "nobody listens"));
        assertThat(table.lines())
                .containsSubsequence(
                        "Uplink  2 of 3 FAILED    100.0 Mbit/s        0 bit/s         0 B         0         -       5.0 s",
                        "    PEER_LOST: the server went silent (2 times)",
                        "Down    FAILED                      -              -         0 B         -         -       5.0 s",
                        "    CONNECT_REFUSED: nobody listens");
    }

    /** An interval is always good, so this is a test that somebody gave such a name. */
    @Test
    void aFailureIsToldWhateverItsLabel() {
        assertThat(table.add(sample("Uplink: interval", "CONNECT_REFUSED", "nobody listens")))
                .containsExactly("13:05:09  Uplink: interval              FAILED  CONNECT_REFUSED: nobody listens");
        assertThat(table.lines()).contains("    CONNECT_REFUSED: nobody listens");
    }

    @Test
    void aGoodMeasurementThatAnAssertionFailedIsAFailure() {
        SampleResult slow = good("Uplink", "1.0 Mbit/s", "0 bit/s", 0);
        slow.setSuccessful(false);
        table.add(slow);
        assertThat(table.lines())
                .anyMatch(line -> line.startsWith("Uplink  FAILED ") && line.contains("1.0 Mbit/s"))
                .contains("    an assertion failed");
    }

    @Test
    void theMessageOfAFailedAssertionIsTold() {
        SampleResult slow = good("Uplink", "1.0 Mbit/s", "0 bit/s", 0);
        slow.setSuccessful(false);
        slow.addAssertionResult(new AssertionResult("met"));
        slow.addAssertionResult(new AssertionResult("unmet").setResultForFailure("too slow,\nby far"));
        slow.addAssertionResult(new AssertionResult("endless").setResultForFailure("x".repeat(5_000)));
        table.add(slow);
        assertThat(table.lines())
                .anyMatch(line -> line.startsWith("    an assertion failed: too slow, by far; xxx"))
                .allMatch(line -> line.length() < 1_000);
    }

    @Test
    void passesOverOtherSamplers() {
        assertThat(table.add(sample("Login page", "200", "OK"))).isEmpty();
        assertThat(table.add(sample("Login page", "500", "Internal Server Error")))
                .isEmpty();
        assertThat(table.add(sample("Poll: interval", "200", "OK"))).isEmpty();
        assertThat(table.lines())
                .containsExactly(
                        "No bandwidth test has run. The reason is in jmeter.log: search it for ERROR and WARN.");
    }

    @Test
    void findsTestsInsideTransactions() {
        SampleResult failed = sample("Down", "PEER_LOST", "the server went silent");
        assertThat(table.add(Transactions.of(
                        sample("Login page", "200", "OK"), good("Uplink", "100.0 Mbit/s", "0 bit/s", 1))))
                .isEmpty();
        table.add(Transactions.of(Transactions.of(good("Uplink", "300.0 Mbit/s", "0 bit/s", 2), failed)));
        assertThat(table.lines())
                .containsExactly(
                        "",
                        "MikroTik Bandwidth Summary",
                        "test    result             rx average     tx average      volume      lost      loss    duration",
                        "Uplink  OK 2             200.0 Mbit/s        0 bit/s         0 B         3         -       5.0 s",
                        "Down    FAILED                      -              -         0 B         -         -       5.0 s",
                        "    PEER_LOST: the server went silent");
    }

    @Test
    void countsATestOnceThatHoldsItsIntervals() {
        SampleResult last = good("Uplink", "100.0 Mbit/s", "0 bit/s", 1);
        last.storeSubResult(good("Uplink: interval", "100.0 Mbit/s", "0 bit/s", 1), false);
        assertThat(table.add(last)).isEmpty();
        assertThat(table.add(Transactions.of(last))).isEmpty();
        assertThat(table.lines())
                .hasSize(4)
                .contains(
                        "Uplink  OK 2             100.0 Mbit/s        0 bit/s         0 B         2         -       5.0 s");
    }

    @Test
    void aTestThatBeganAndDidNotEndIsTold() {
        table.add(withBytes(good("Uplink: interval", "100.0 Mbit/s", "0 bit/s", 0), 12_500_000, 0));
        assertThat(table.lines())
                .contains(
                        "Uplink  NO RESULT                   -              -     12.5 MB         -         -           -");
    }

    @Test
    void explainsWhatCpuMeans() {
        table.add(
                sample("Uplink: interval", "200", "rx 1.0 Gbit/s, tx 0 bit/s, lost 0, limited by this machine's CPU"));
        assertThat(table.lines())
                .endsWith("CPU: this machine's CPU was the limit in that interval; the link may be faster.");
    }

    @Test
    void aDirectionThatWasNotTestedHasNoNumbers() {
        SampleResult upload = good("Up", "0 bit/s", "100.0 Mbit/s", 0);
        upload.setResponseData(
                Reports.json(Reports.of(Direction.TRANSMIT, List.of(Reports.second(0, 0, 12_500_000)), null)));
        table.add(upload);
        assertThat(table.lines()).anyMatch(line -> line.matches("Up +OK +- +100.0 Mbit/s +.*B +- +- +5.0 s"));
    }

    @Test
    void doesNotGrowWithoutEnd() {
        IntStream.range(0, 5_000).forEach(i -> table.add(sample("test " + i, "IO", "failure " + i)));
        assertThat(table.lines().size()).isLessThan(SummaryTable.MAX_ROWS * 2 + 20);
        assertThat(table.lines()).anyMatch(line -> line.startsWith("(more tests)") && line.contains("FAILED 4000"));
    }
}

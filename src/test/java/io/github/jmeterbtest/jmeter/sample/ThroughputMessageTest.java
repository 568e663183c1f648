package io.github.jmeterbtest.jmeter.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.jmeter.samplers.SampleResult;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThroughputMessageTest {
    private static ThroughputMessage message(double rx, double tx, long lost, boolean cpuLimited) {
        return new ThroughputMessage(rx, tx, lost, Double.NaN, 0, Optional.empty(), cpuLimited);
    }

    @Test
    void readsAsTheUserGuideSays() {
        assertThat(message(941_200_000, 0, 0, false).format()).isEqualTo("rx 941.2 Mbit/s, tx 0 bit/s, lost 0");
        assertThat(message(1_250, 9_999_999_999.0, 12, false).format())
                .isEqualTo("rx 1.3 kbit/s, tx 10.0 Gbit/s, lost 12");
    }

    @Test
    void saysThatTheCpuWasTheLimit() {
        ThroughputMessage limited = message(0, 2e9, 0, true);
        assertThat(limited.format()).isEqualTo("rx 0 bit/s, tx 2.0 Gbit/s, lost 0, limited by this machine's CPU");
        assertThat(ThroughputMessage.parse(limited.format())).contains(limited);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0 (0 %)",
        "12, 0.03, 12 (0.03 %)",
        "1, 0.00001, 1 (0.00001 %)",
        "1, 33.33333333333, 1 (33.3 %)",
        // all but one is not all
        "99999, 99.999, 99999 (99.9 %)",
        "7, 100, 7 (100 %)",
    })
    void tellsTheShareOfLoss(long lost, double percent, String text) {
        ThroughputMessage message = new ThroughputMessage(1_500, 0, lost, percent, 0, Optional.empty(), true);
        assertThat(message.format())
                .isEqualTo("rx 1.5 kbit/s, tx 0 bit/s, lost " + text + ", limited by this machine's CPU");
        ThroughputMessage read = ThroughputMessage.parse(message.format()).orElseThrow();
        assertThat(read.lostPackets()).isEqualTo(lost);
        assertThat(read.lossPercent()).isCloseTo(percent, Percentage.withPercentage(1));
        assertThat(read.cpuLimited()).isTrue();
    }

    @Test
    void tellsWhatThisHostDropped() {
        ThroughputMessage flood = new ThroughputMessage(2e9, 0, 991_331, 98, 991_000, Optional.empty(), true);
        assertThat(flood.format())
                .isEqualTo("rx 2.0 Gbit/s, tx 0 bit/s, lost 991331 (98 %), of which 991000 dropped "
                        + "by this host (receive buffer full), limited by this machine's CPU");
        assertThat(ThroughputMessage.parse(flood.format())).contains(flood);
        ThroughputMessage interval = new ThroughputMessage(2e9, 0, 7, Double.NaN, 7, Optional.empty(), false);
        assertThat(ThroughputMessage.parse(interval.format())).contains(interval);
    }

    @Test
    void tellsTheLatency() {
        ThroughputMessage test =
                new ThroughputMessage(20e6, 0, 7, 0.1, 7, Optional.of(new Rtt(105.7, Optional.of(1.05))), true);
        assertThat(test.format())
                .isEqualTo("rx 20.0 Mbit/s, tx 0 bit/s, lost 7 (0.1 %), of which 7 dropped by this host (receive buffer"
                        + " full), rtt 105.7 ms under load, 1.05 ms idle, limited by this machine's CPU");
        assertThat(ThroughputMessage.parse(test.format())).contains(test);
        ThroughputMessage interval =
                new ThroughputMessage(20e6, 0, 0, Double.NaN, 0, Optional.of(new Rtt(1020, Optional.empty())), false);
        assertThat(interval.format()).isEqualTo("rx 20.0 Mbit/s, tx 0 bit/s, lost 0, rtt 1020 ms");
        assertThat(ThroughputMessage.parse(interval.format())).contains(interval);
    }

    /** Else the time that a repeated packet takes would pass for that of a queue. */
    @Test
    void tellsHowManyProbesWereLateOrLost() {
        Latency idle = new Latency(10, 0, 0, 1, 250_000, 1, 1);
        Latency loaded = new Latency(38, 36, 2, 1, 1_120_000_000, 1, 1);
        Rtt rtt = Rtt.of(new LatencyUnderLoad(idle, loaded)).orElseThrow();
        ThroughputMessage test = new ThroughputMessage(20e6, 0, 0, 0, 0, Optional.of(rtt), true);
        assertThat(test.format())
                .contains(
                        ", rtt 1120 ms under load (36 late, 2 lost of 40), 0.25 ms idle, limited by this machine's CPU");
        assertThat(ThroughputMessage.parse(test.format())).contains(test);
    }

    @Test
    void saysThatNoProbeWasAnswered() {
        ThroughputMessage dead = new ThroughputMessage(
                0, 1e6, 0, Double.NaN, 0, Optional.of(new Rtt(Double.NaN, Optional.of(0.12))), false);
        assertThat(dead.format()).endsWith(", lost 0, rtt unknown under load, 0.12 ms idle");
        assertThat(ThroughputMessage.parse(dead.format())).contains(dead);
    }

    @Test
    void saysThatItIsNotKnownWhatArrived() {
        ThroughputMessage owed = message(1_500, Double.NaN, 0, true);
        assertThat(owed.format()).isEqualTo("rx 1.5 kbit/s, tx unknown, lost 0, limited by this machine's CPU");
        assertThat(ThroughputMessage.parse(owed.format())).contains(owed);
    }

    @Test
    void isTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            for (Locale locale : List.of(
                    Locale.GERMANY,
                    Locale.forLanguageTag("ar-EG-u-nu-arab"),
                    Locale.forLanguageTag("hi-IN-u-nu-deva"))) {
                Locale.setDefault(locale);
                assertThat(message(2_500_000_000.0, 1_500, 1_234_567, false).format())
                        .isEqualTo("rx 2.5 Gbit/s, tx 1.5 kbit/s, lost 1234567");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                1,
                999,
                999.96,
                1_000,
                1_500,
                999_949,
                999_951,
                1e6,
                941_234_567,
                9.9996e8,
                1e9,
                24.1e9,
                4e11,
                3e13
            })
    void readsWhatItWrote(double rate) {
        for (ThroughputMessage written :
                List.of(message(rate, 0, 0, false), message(7, rate, Long.MAX_VALUE / 10, false))) {
            ThroughputMessage read = ThroughputMessage.parse(written.format()).orElseThrow();
            assertThat(read.rxBitsPerSecond()).isCloseTo(written.rxBitsPerSecond(), Percentage.withPercentage(6));
            assertThat(read.txBitsPerSecond()).isCloseTo(written.txBitsPerSecond(), Percentage.withPercentage(6));
            assertThat(read.lostPackets()).isEqualTo(written.lostPackets());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OK",
                "rx 1 bit/s, tx 0 bit/s",
                "rx 1,5 Mbit/s, tx 0 bit/s, lost 0",
                "rx -1 bit/s, tx 0 bit/s, lost 0",
                "rx 1 Tbit/s, tx 0 bit/s, lost 0",
                "rx 1 bit/s, tx 0 bit/s, lost 0 ",
                "rx unknown, tx 0 bit/s, lost 0",
                "rx 1 bit/s, tx 0 bit/s, lost 0 (%)",
                "rx 1 bit/s, tx 0 bit/s, lost 0 (-1 %)",
                "rx 1 bit/s, tx unknown bit/s, lost 0",
                "rx 1 bit/s, tx 0 bit/s, lost 99999999999999999999",
                "Number of samples in transaction : 1, number of failing samples : 0"
            })
    void readsNothingElse(String message) {
        assertThat(ThroughputMessage.parse(message)).isEmpty();
    }

    @Test
    void aSampleWithoutMessageIsNoneOfOurs() {
        assertThat(ThroughputMessage.parse(null)).isEmpty();
    }

    @Test
    void aSampleWithoutResponseCodeIsNoneOfOurs() {
        SampleResult sample = new SampleResult();
        sample.setResponseCode(null);
        sample.setResponseMessage("rx 1 bit/s, tx 0 bit/s, lost 0");
        assertThat(ThroughputMessage.measured(sample)).isEmpty();
    }
}

package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.ByteUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts of peers that receive all, or not all, of what is sent each second. */
class ByteUnitDetectorTest {
    private static final int OVERHEAD = 28;

    private static ByteUnitDetector after(int size, int unit, int seconds, int sentEach, int arrivedEach) {
        ByteUnitDetector detector = new ByteUnitDetector(size, size - OVERHEAD);
        for (int i = 1; i <= seconds; i++) {
            detector.add((long) arrivedEach * unit, (long) i * sentEach);
        }
        return detector;
    }

    @ParameterizedTest
    @CsvSource({
        "1500, 1501, 1501",
        "1500, 3000, 1501",
        "84, 6011, 6011",
        "84, 9000, 6011",
        "64, 977, 977",
        "200, 3001, 2501",
        "32, 20001, 20001",
        "56, 20001, 12003",
        "1500, 1, 1",
        "64000, 7, 5"
    })
    void oneCountTells(int size, int sent, int arrived) {
        assertThat(after(size, size, 1, sent, arrived).unit()).isEqualTo(ByteUnit.IP);
        assertThat(after(size, size - OVERHEAD, 1, sent, arrived).unit()).isEqualTo(ByteUnit.PAYLOAD);
    }

    /** 1000 packets of 125 bytes carry 97,000 bytes of payload, and that is 776 packets. */
    @ParameterizedTest
    @ValueSource(ints = {125, 200, 500, 1000})
    void wholeSecondsOfARoundRateAreTheRateThatWasSent(int size) {
        ByteUnitDetector payload = after(size, size - OVERHEAD, 2, 1000, 1000);
        assertThat(payload.unit()).isEqualTo(ByteUnit.PAYLOAD);
        assertThat(payload.ipBytes((size - OVERHEAD) * 1000L)).isEqualTo(size * 1000L);
        assertThat(after(size, size, 2, 1000, 1000).unit()).isEqualTo(ByteUnit.IP);
    }

    /**
     * Where the packet is a multiple of the payload, each count of IP packets fits both, and half of it may be lost.
     */
    @ParameterizedTest
    @CsvSource({"32, 4", "35, 7", "42, 14", "56, 28", "64, 16"})
    void countsThatAlwaysFitBothAreIp(int packet, int payload) {
        ByteUnitDetector detector = new ByteUnitDetector(packet, payload);
        for (int i = 1; i <= 8; i++) {
            detector.add(packet * (1000L + i), i * 5000L * packet / payload);
        }
        assertThat(detector.unit()).isEqualTo(ByteUnit.IP);
        assertThat(detector.maxIpBytes(packet)).isEqualTo(packet);
    }

    /** Before it is certain, the likelier reading is told and no sender is slowed down. */
    @Test
    void theFirstAmbiguousCountIsReadAsWhatWasSent() {
        ByteUnitDetector detector = after(125, 97, 1, 1000, 1000);
        assertThat(detector.unit()).isEqualTo(ByteUnit.UNKNOWN);
        assertThat(detector.ipBytes(97_000)).isEqualTo(125_000);
        assertThat(detector.maxIpBytes(97_000)).isEqualTo(125_000);
    }

    /** Such as one that counts Ethernet frames, or cuts long datagrams off. */
    @Test
    void aPeerThatCountsSomethingElseIsTakenAtItsWordAndSlowsNobodyDown() {
        ByteUnitDetector detector = after(1500, 1514, 5, 1000, 1000);
        assertThat(detector.unit()).isEqualTo(ByteUnit.UNKNOWN);
        assertThat(detector.ipBytes(1_514_000)).isEqualTo(1_514_000);
        assertThat(detector.maxIpBytes(1_472_000 + 1)).isGreaterThanOrEqualTo(1_500_000);
    }

    /** A datagram of another test, or one that opened a NAT, is in it. */
    @Test
    void oneOddCountAmongOthersChangesNothing() {
        ByteUnitDetector detector = after(1500, 1472, 3, 1001, 1001);
        detector.add(1_472_000 + 5, 4004);
        assertThat(detector.unit()).isEqualTo(ByteUnit.PAYLOAD);
        assertThat(detector.ipBytes(1_472_000)).isEqualTo(1_500_000);
    }

    @Test
    void zerosProveNothing() {
        assertThat(after(1500, 1472, 5, 1000, 0).unit()).isEqualTo(ByteUnit.UNKNOWN);
    }
}

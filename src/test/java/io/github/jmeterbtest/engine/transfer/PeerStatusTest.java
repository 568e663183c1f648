package io.github.jmeterbtest.engine.transfer;

import static io.github.jmeterbtest.engine.report.IntervalReport.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.ByteUnit;
import io.github.jmeterbtest.protocol.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The byte count of a status has 32 bits. */
class PeerStatusTest {
    private static final long ALL = Long.MAX_VALUE;
    private static final long SECOND = 1_000_000_000;
    private static final long TEN_GIGABIT = 1_250_000_000;
    private static final long WRAP = 1L << 32;

    private final PeerStatus peer = new PeerStatus(false, 1, null);
    private long sequence;

    private long accept(long bytes, long sent, long second) {
        return peer.accept(
                0, new Status(0, ++sequence, bytes % WRAP), new PeerStatus.Sent(sent, sent, 0), second * SECOND);
    }

    @Test
    void whatWrappedIsCounted() {
        long each = 5_000_000_000L;
        for (int i = 1; i <= 5; i++) {
            assertThat(accept(each, i * each, i)).isEqualTo(each);
        }
        // a tenth of it is lost from now on
        for (int i = 6; i <= 9; i++) {
            assertThat(accept(each / 10 * 9, i * each, i)).isEqualTo(each / 10 * 9);
        }
    }

    /** The sender counts a write after it, so that the peer can be a little ahead. */
    @Test
    void whatWrappedByAHairIsCounted() {
        assertThat(accept(WRAP, WRAP - 32768, 1)).isEqualTo(WRAP);
        assertThat(accept(WRAP + 100, 2 * WRAP - 32768, 2)).isEqualTo(WRAP + 100);
    }

    @Test
    void aStatusThatWasHeldUpForSecondsHasNotWrapped() {
        assertThat(accept(TEN_GIGABIT, TEN_GIGABIT, 1)).isEqualTo(TEN_GIGABIT);
        for (int i = 2; i <= 4; i++) {
            assertThat(accept(TEN_GIGABIT, 4 * TEN_GIGABIT, 4)).isEqualTo(TEN_GIGABIT);
        }
        assertThat(accept(TEN_GIGABIT, 5 * TEN_GIGABIT, 5)).isEqualTo(TEN_GIGABIT);
        assertThat(peer.total()).isEqualTo(5 * TEN_GIGABIT);
    }

    /** Over UDP most of what is sent may be lost: 6 GB were sent into a link of 500 Mbit/s (measured). */
    @Test
    void overUdpAFloodIsNotTakenForWhatArrived() {
        PeerStatus udp = new PeerStatus(false, 1, new ByteUnitDetector(1500, 1472));
        long arrived = 62_500_000L / 1472 * 1472;
        for (int i = 1; i <= 4; i++) {
            PeerStatus.Sent sent = new PeerStatus.Sent(i * 6_000_000_000L, i * 6_000_000_000L, i * 4_000_000L);
            udp.accept(0, new Status(0, i, arrived), sent, i * SECOND);
        }
        assertThat(udp.total()).isEqualTo(4 * arrived / 1472 * 1500);
    }

    /** The first second is sent with less than 34 Gbit/s, so from then on what arrived before tells. */
    @ParameterizedTest
    @CsvSource({
        "3000000000, 4500000000, 4500000000",
        "3700000000, 5500000000, 5000000000",
        "5000000000, 7500000000, 7400000000",
        "5000000000, 7500000000, 3500000000",
        "9000000000, 13000000000, 12000000000"
    })
    void overUdpAFastLinkIsTold(long before, long sent, long arrived) {
        PeerStatus udp = new PeerStatus(false, 1, new ByteUnitDetector(1500, 1500));
        long total = 0;
        long all = 0;
        for (long each = 3_000_000_000L; each < before; each += 1_500_000_000L) {
            udp.accept(
                    0,
                    new Status(0, ++sequence, each % WRAP),
                    new PeerStatus.Sent(all += each, all, 0),
                    sequence * SECOND);
            total += each;
        }
        udp.accept(
                0,
                new Status(0, ++sequence, before % WRAP),
                new PeerStatus.Sent(all += before, all, 0),
                sequence * SECOND);
        udp.accept(
                0,
                new Status(0, ++sequence, arrived % WRAP),
                new PeerStatus.Sent(all += sent, all, 0),
                sequence * SECOND);
        assertThat(udp.total()).isEqualTo(total + before + arrived);
    }

    /** An unlimited UDP sender begins as fast as it can. */
    @Test
    void noMoreArrivesThanWasSent() {
        assertThat(accept(300_000_000, 2_500_000_000L, 1)).isEqualTo(300_000_000);
    }

    /** btest-rs reports on each connection what came on that one. */
    @Test
    void reportsOfSeveralConnectionsAreSummed() {
        PeerStatus several = new PeerStatus(false, 4, null);
        for (int second = 1; second <= 3; second++) {
            for (int connection = 0; connection < 4; connection++) {
                assertThat(several.end()).isEqualTo(second == 1 && connection > 0 ? 1 : second - 1);
                several.accept(
                        connection,
                        new Status(0, second, TEN_GIGABIT),
                        new PeerStatus.Sent(second * TEN_GIGABIT * 4, second * TEN_GIGABIT, 0),
                        second * SECOND + connection);
                assertThat(several.isComplete(second)).as("all have reported").isEqualTo(connection == 3);
            }
            assertThat(several.received(second, second)).isEqualTo(4 * TEN_GIGABIT);
        }
        assertThat(several.total()).isEqualTo(12 * TEN_GIGABIT);
        assertThat(several.averageBitsPerSecond(Duration.ZERO, ALL, 3 * SECOND, false))
                .isEqualTo(40e9);
    }

    /** RouterOS reports the total on the first connection. */
    @Test
    void oneConnectionMayReportTheTotalOfAll() {
        PeerStatus total = new PeerStatus(false, 4, null);
        for (int second = 1; second <= 3; second++) {
            total.accept(
                    0,
                    new Status(0, second, 3 * TEN_GIGABIT),
                    new PeerStatus.Sent(second * TEN_GIGABIT * 3, second * TEN_GIGABIT / 2, 0),
                    second * SECOND);
            assertThat(total.isComplete(second))
                    .as("need another one be awaited")
                    .isEqualTo(second > 1);
        }
        assertThat(total.received(1, 3)).isEqualTo(9 * TEN_GIGABIT);
    }

    @Test
    void countsOfPayloadAreConvertedWhenTheirUnitIsKnown() {
        PeerStatus payload = new PeerStatus(false, 1, new ByteUnitDetector(125, 97));
        assertThat(payload.accept(0, new Status(0, 1, 97_000), new PeerStatus.Sent(125_000, 125_000, 1000), SECOND))
                .as("the larger reading, as long as both are possible")
                .isEqualTo(125_000);
        assertThat(payload.unit()).isEqualTo(ByteUnit.UNKNOWN);
        assertThat(payload.received(1, 1)).as("as much as was sent").isEqualTo(125_000);
        payload.accept(0, new Status(0, 2, 97 * 501), new PeerStatus.Sent(250_000, 250_000, 2000), 2 * SECOND);
        assertThat(payload.unit()).isEqualTo(ByteUnit.PAYLOAD);
        assertThat(payload.received(1, 2)).isEqualTo(187_625);
        assertThat(payload.total()).isEqualTo(187_625);
        assertThat(payload.averageBitsPerSecond(Duration.ZERO, ALL, 2 * SECOND, false))
                .isEqualTo(750_500);
    }

    @Test
    void whatALostPeerOwesDidNotArrive() {
        accept(1000, 1000, 1);
        accept(1000, 2000, 2);
        assertThat(peer.averageBitsPerSecond(Duration.ZERO, ALL, 8 * SECOND, false))
                .isEqualTo(8000);
        assertThat(peer.averageBitsPerSecond(Duration.ZERO, ALL, 8 * SECOND, true))
                .isEqualTo(2000);
        assertThat(new PeerStatus(false, 1, null).averageBitsPerSecond(Duration.ZERO, ALL, 8 * SECOND, true))
                .isZero();
    }

    @Test
    void aPeerThatHasSaidNothingHasReportedOnNothing() {
        assertThat(peer.count()).isZero();
        assertThat(peer.hasReported()).isFalse();
        assertThat(peer.end()).isZero();
        assertThat(peer.total()).isZero();
        assertThat(peer.lateness()).isZero();
        assertThat(peer.lastStatusAt()).isZero();
        assertThat(peer.sentUntilLast()).isZero();
        assertThat(peer.cpuLoad(SECOND)).isEqualTo(UNKNOWN);
        assertThat(peer.received(1, 1)).isEqualTo(UNKNOWN);
        assertThat(peer.isComplete(1)).isFalse();
        assertThat(peer.averageBitsPerSecond(Duration.ZERO, ALL, SECOND, false)).isEqualTo(UNKNOWN);
        assertThat(peer.unit()).as("of TCP").isNull();
    }

    @Test
    void theCpuLoadOfASilentPeerIsNotThatOfItsLastStatus() {
        peer.accept(0, new Status(7, 2, 0), new PeerStatus.Sent(0, 0, 0), 2 * SECOND);
        assertThat(peer.cpuLoad(5 * SECOND)).isEqualTo(7);
        assertThat(peer.cpuLoad(5 * SECOND + 1)).isEqualTo(UNKNOWN);
        peer.accept(0, new Status(8, 6, 0), new PeerStatus.Sent(0, 0, 0), 6 * SECOND);
        assertThat(peer.cpuLoad(6 * SECOND)).isEqualTo(8);
    }

    /** Some send one before any data can have come. */
    @Test
    void aStatusAtTheVeryStartReportsOnNoTime() {
        peer.accept(0, new Status(7, 0, 0), new PeerStatus.Sent(0, 0, 0), SECOND / 1000);
        assertThat(peer.count()).isEqualTo(1);
        assertThat(peer.cpuLoad(SECOND)).isEqualTo(7);
        assertThat(peer.hasReported()).isFalse();
        peer.accept(0, new Status(8, 1, 0), new PeerStatus.Sent(0, 0, 0), SECOND);
        assertThat(peer.hasReported()).as("a zero is a report, too").isTrue();
        assertThat(peer.averageBitsPerSecond(Duration.ZERO, ALL, SECOND, false)).isZero();
    }

    @Test
    void theLastStatusTellsHowLateItWasAndHowMuchHadBeenSent() {
        peer.accept(0, new Status(0, 1, 100), new PeerStatus.Sent(150, 150, 0), SECOND + 7);
        peer.accept(0, new Status(0, 2, 100), new PeerStatus.Sent(290, 290, 0), 2 * SECOND + 9);
        assertThat(peer.lateness()).isEqualTo(9);
        assertThat(peer.lastStatusAt()).isEqualTo(2 * SECOND + 9);
        assertThat(peer.sentUntilLast()).isEqualTo(290);
        assertThat(peer.end()).isEqualTo(2);
    }

    /** More than half of a second has to lie in the omitted time, or it counts. */
    @ParameterizedTest
    @CsvSource({"0, 2000", "499, 2000", "501, 2500", "1000, 2500", "1499, 2500", "1501, 3000", "2501, 2000"})
    void omittedSecondsDoNotCountUnlessThereIsNoOther(long omitMillis, long bytesPerSecond) {
        accept(1000, 1000, 1);
        accept(2000, 3000, 2);
        accept(3000, 6000, 3);
        assertThat(peer.averageBitsPerSecond(Duration.ofMillis(omitMillis), ALL, 3 * SECOND, false))
                .isEqualTo(8.0 * bytesPerSecond);
    }

    /** Less than all had sent, more than the first one alone: it can only be the total. */
    @Test
    void aCountThatTheFirstConnectionCannotHaveCarriedIsOfAll() {
        PeerStatus of = new PeerStatus(false, 2, null);
        long each = 3_000_000_000L;
        of.accept(0, new Status(0, 1, 2 * each % WRAP), new PeerStatus.Sent(2 * each, each / 2, 0), SECOND);
        assertThat(of.total()).isEqualTo(2 * each);
        of.accept(0, new Status(0, 2, 2 * each % WRAP), new PeerStatus.Sent(4 * each, each, 0), 2 * SECOND);
        assertThat(of.total()).isEqualTo(4 * each);
    }

    @Test
    void aCountThatTheFirstConnectionCarriedIsItsOwn() {
        PeerStatus of = new PeerStatus(false, 2, null);
        long each = 1000;
        of.accept(1, new Status(0, 1, each), new PeerStatus.Sent(2 * WRAP, each, 0), SECOND);
        of.accept(0, new Status(0, 1, each), new PeerStatus.Sent(2 * WRAP, each, 0), SECOND);
        assertThat(of.total()).isEqualTo(2 * each);
    }
}

package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.SimulatedClock;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What waits in queues when the sending ends is no loss, if the test waits for it. */
class TailTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Command UDP = new Command(Protocol.UDP, Direction.TRANSMIT, false, 1, 1500, 0, 0, 1_000_000);

    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedTransfer transfer = new SimulatedTransfer(clock, true);

    private TestRun run(Duration duration, boolean awaitsTail) throws BtestException {
        TestRun run = new TestRun(
                transfer,
                SpeedCaps.of(Side.CLIENT, UDP),
                new Timing(duration, Duration.ZERO, SECOND, 0, Duration.ofSeconds(5), awaitsTail),
                interval -> {});
        assertThat(run.run()).isEqualTo(TestRun.Ending.TIME_IS_UP);
        return run;
    }

    /** Bytes per millisecond, until the sending ends. */
    private void sends(int millis) {
        transfer.sends(() -> 100 * Math.min(millis, clock.elapsed() / 1_000_000));
    }

    private void reportsAt(int millis, long bytes) {
        transfer.peerReportsAt(Duration.ofMillis(millis), bytes);
    }

    @Test
    void withoutTheOptionATestEndsWithItsLastStatus() throws BtestException {
        sends(2000);
        reportsAt(1010, 70_000);
        reportsAt(2010, 100_000);
        reportsAt(3010, 30_000);
        assertThat(run(Duration.ofSeconds(2), false).delivery().arrivedBytes()).isEqualTo(170_000);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(2010).toNanos());
    }

    @Test
    void whatArrivesLaterCounts() throws BtestException {
        sends(2000);
        reportsAt(1010, 70_000);
        reportsAt(2010, 100_000);
        reportsAt(3010, 30_000);
        assertThat(run(Duration.ofSeconds(2), true).delivery().arrivedBytes()).isEqualTo(200_000);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(3010).toNanos());
    }

    @Test
    void aTestEndsAtOnceIfAllHasArrived() throws BtestException {
        sends(2000);
        reportsAt(1010, 100_000);
        reportsAt(2010, 100_000);
        run(Duration.ofSeconds(2), true);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(2010).toNanos());
    }

    @Test
    void aStatusOfASecondInWhichSomeWasSentIsNotTheLast() throws BtestException {
        sends(1300);
        reportsAt(1010, 70_000);
        reportsAt(2010, 40_000);
        reportsAt(3010, 0);
        assertThat(run(Duration.ofMillis(1300), true).delivery().arrivedBytes()).isEqualTo(110_000);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(3010).toNanos());
    }

    /** A queue of more than a second is still full at the first status after the end. */
    @Test
    void asLongAsAsMuchArrivesAsBeforeAQueueEmptiesItself() throws BtestException {
        sends(2000);
        reportsAt(1010, 60_000);
        reportsAt(2010, 60_000);
        reportsAt(3010, 60_000);
        reportsAt(4010, 15_000);
        assertThat(run(Duration.ofSeconds(2), true).delivery().arrivedBytes()).isEqualTo(195_000);
    }

    @Test
    void aPeerThatSaysNothingMoreIsNotWaitedForForLong() throws BtestException {
        sends(2000);
        reportsAt(1010, 60_000);
        reportsAt(2010, 60_000);
        run(Duration.ofSeconds(2), true);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(4500).toNanos());
    }

    @Test
    void anEndThatOnlyReceivesWaitsForNothing() throws BtestException {
        SimulatedTransfer download = new SimulatedTransfer(clock, false);
        TestRun run = new TestRun(
                download,
                SpeedCaps.of(Side.CLIENT, UDP),
                new Timing(SECOND, Duration.ZERO, SECOND, 0, Duration.ofSeconds(5), true),
                interval -> {});
        run.run();
        assertThat(clock.elapsed()).isEqualTo(SECOND.toNanos());
    }
}

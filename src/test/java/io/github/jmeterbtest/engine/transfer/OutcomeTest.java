package io.github.jmeterbtest.engine.transfer;

import static io.github.jmeterbtest.engine.report.IntervalReport.UNKNOWN;
import static io.github.jmeterbtest.engine.transfer.Upload.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TcpPath;
import io.github.jmeterbtest.engine.transfer.TestRun.Ending;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Five seconds of a test have passed. */
class OutcomeTest {
    private static final int SECONDS = 5;

    private final Upload transfer = Upload.overTcp();
    private final Delivery delivery = new Delivery(transfer, SECOND);
    private final List<IntervalReport> intervals = new ArrayList<>();

    private Protocol protocol = Protocol.UDP;
    private Side side = Side.CLIENT;

    /** Each second had that many bytes. */
    private void counted(long rx, long tx) {
        Snapshot counted = new Snapshot(rx, tx, 0, 0, 0, 0, 0);
        intervals.addAll(Collections.nCopies(
                SECONDS,
                new Interval(0, 0, SECOND, counted, UNKNOWN, 0, false, false, TcpPath.NONE, UNKNOWN)
                        .report(UNKNOWN, false, 0)));
    }

    /** The last sign of life came with the last report. */
    private void peerReportedUntil(int second, long bytes) {
        transfer.reportedUntil(second, bytes);
        delivery.end(SECONDS * SECOND, second * SECOND, 5 * SECOND);
    }

    private BtestException of(Ending ending, Direction direction) {
        Command command = new Command(protocol, direction, false, 0, 1500, 0, 0, 0);
        return Outcome.of(side, ending, command, intervals, transfer, delivery);
    }

    private void assertFails(Ending ending, Direction direction, ErrorKind kind, String message) {
        BtestException failure = of(ending, direction);
        assertThat(failure).isNotNull().hasMessageContaining(message);
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource
    void aTestInWhichDataFlowedUntilItsTimeWasUpIsAMeasurement(Direction direction) {
        counted(direction == Direction.TRANSMIT ? 0 : 1500, direction == Direction.RECEIVE ? 0 : 1500);
        peerReportedUntil(SECONDS, 1500);
        assertThat(of(Ending.TIME_IS_UP, direction)).isNull();
        transfer.must = false;
        assertThat(of(Ending.TIME_IS_UP, direction)).isNull();
    }

    @Test
    void aTestThatWasStoppedSaysWhen() {
        counted(1500, 1500);
        assertFails(Ending.STOPPED, Direction.BOTH, ErrorKind.STOPPED, "the test was stopped after 5.0 s");
    }

    @Test
    void aServerMayNotCloseBeforeTheEndButAClientMay() {
        counted(1500, 1500);
        peerReportedUntil(SECONDS, 1500);
        String early = "the server closed the connection after 5.0 s, before the end of the test";
        assertFails(Ending.PEER_CLOSED, Direction.BOTH, ErrorKind.PEER_LOST, early);
        side = Side.SERVER;
        assertThat(of(Ending.PEER_CLOSED, Direction.BOTH)).isNull();
    }

    /** A system may say of a connection that broke that it was closed. */
    @Test
    void aClientThatHadBeenSilentWasLost() {
        counted(1500, 1500);
        peerReportedUntil(1, 1500);
        side = Side.SERVER;
        String silent = "the client stopped reporting what it received; the test ended after 5.0 s. Check the client";
        assertFails(Ending.PEER_CLOSED, Direction.BOTH, ErrorKind.PEER_LOST, silent);
    }

    @Test
    void aClientThatClosesAfterItReceivedNothingHasNoData() {
        counted(1500, 0);
        side = Side.SERVER;
        String none = "no test data could be sent to the client";
        assertFails(Ending.PEER_CLOSED, Direction.RECEIVE, ErrorKind.NO_DATA, none);
    }

    @ParameterizedTest
    @CsvSource({
        "RECEIVE, false, lost contact with the server",
        "TRANSMIT, false, the server never reported what it received",
        "TRANSMIT, true, the server stopped reporting what it received",
        "BOTH, true, the server stopped reporting what it received"
    })
    void aSilentPeerIsLost(Direction direction, boolean hasReported, String what) {
        counted(1500, 1500);
        if (hasReported) {
            peerReportedUntil(2, 1500);
        }
        assertFails(Ending.PEER_SILENT, direction, ErrorKind.PEER_LOST, what + "; the test ended after 5.0 s");
        transfer.tells = false;
        assertFails(Ending.PEER_SILENT, direction, ErrorKind.PEER_LOST, "lost contact with the server; the test");
    }

    @Test
    void aPeerThatFellSilentBeforeTheEndWasNotMeasured() {
        counted(1500, 1500);
        peerReportedUntil(3, 1500);
        String silent = "the server stopped reporting what it received before the test ended after 5.0 s";
        assertFails(Ending.TIME_IS_UP, Direction.TRANSMIT, ErrorKind.PEER_LOST, silent);
        assertFails(Ending.TIME_IS_UP, Direction.BOTH, ErrorKind.PEER_LOST, silent);
        assertThat(of(Ending.TIME_IS_UP, Direction.RECEIVE)).isNull();
    }

    @Test
    void ifNothingCameEitherThatIsTheReason() {
        counted(0, 1500);
        peerReportedUntil(3, 1500);
        String none = "no test data arrived from the server; check the firewalls for UDP";
        assertFails(Ending.TIME_IS_UP, Direction.BOTH, ErrorKind.NO_DATA, none);
    }

    @Test
    void aTestWithoutDataSaysWhichWayItIsMissing() {
        counted(0, 0);
        peerReportedUntil(SECONDS, 0);
        String received = "no test data arrived from the server; check the firewalls for UDP";
        assertFails(Ending.TIME_IS_UP, Direction.RECEIVE, ErrorKind.NO_DATA, received);
        assertFails(Ending.TIME_IS_UP, Direction.BOTH, ErrorKind.NO_DATA, received);
        String sent = "no test data could be sent to the server";
        assertFails(Ending.TIME_IS_UP, Direction.TRANSMIT, ErrorKind.NO_DATA, sent);
    }

    @Test
    void aPeerThatReceivedNothingSaysSoOrNeverSaysAnything() {
        counted(0, 1500);
        peerReportedUntil(SECONDS, 0);
        String nothing = "the server reported that no test data arrived; check the firewalls for UDP";
        assertFails(Ending.TIME_IS_UP, Direction.TRANSMIT, ErrorKind.NO_DATA, nothing);
        assertThat(of(Ending.TIME_IS_UP, Direction.RECEIVE).kind()).isEqualTo(ErrorKind.NO_DATA);
    }

    @Test
    void aFirstSecondThatIsNotReportedIsNoData() {
        counted(0, 1500);
        delivery.end(SECOND, SECOND, 5 * SECOND);
        String never = "the server never reported that it received anything";
        assertFails(Ending.TIME_IS_UP, Direction.TRANSMIT, ErrorKind.NO_DATA, never);
    }

    /** Over TCP they are part of what was read. */
    @ParameterizedTest
    @CsvSource({"TCP, 12, true", "TCP, 13, false", "UDP, 1, false", "UDP, 0, true"})
    void statusesAreNoTestData(Protocol protocol, long each, boolean none) {
        this.protocol = protocol;
        counted(each, 1500);
        peerReportedUntil(SECONDS, 1500);
        BtestException failure = of(Ending.TIME_IS_UP, Direction.BOTH);
        if (none) {
            assertThat(failure.kind()).isEqualTo(ErrorKind.NO_DATA);
            assertThat(failure.getMessage().contains("firewalls")).isEqualTo(protocol == Protocol.UDP);
        } else {
            assertThat(failure).isNull();
        }
    }
}

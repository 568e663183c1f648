package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.Status;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Judges a transfer that has ended: was it a measurement? A zero is never called success. */
public final class Outcome {
    private final boolean udp;
    private final boolean receives;
    private final boolean transmits;
    private final String peer;
    private final List<IntervalReport> intervals;
    private final Transfer transfer;
    private final Delivery delivery;

    private Outcome(Side side, Command command, List<IntervalReport> intervals, Transfer transfer, Delivery delivery) {
        this.udp = command.protocol() == Protocol.UDP;
        this.receives = side.receives(command.direction());
        this.transmits = side.transmits(command.direction());
        this.peer = side.peerName();
        this.intervals = intervals;
        this.transfer = transfer;
        this.delivery = delivery;
    }

    /** @return why the test failed, as that end sees it, or null */
    public static BtestException of(
            Side side,
            TestRun.Ending ending,
            Command command,
            List<IntervalReport> intervals,
            Transfer transfer,
            Delivery delivery) {
        Outcome outcome = new Outcome(side, command, intervals, transfer, delivery);
        if (ending != TestRun.Ending.PEER_CLOSED) {
            return outcome.of(ending);
        }
        if (side == Side.CLIENT) {
            return outcome.closedEarly();
        }
        // a client ends a test by closing, at any time
        return delivery.peerWasSilent() ? outcome.silent() : outcome.noData();
    }

    private BtestException of(TestRun.Ending ending) {
        return switch (ending) {
            case STOPPED -> new BtestException(ErrorKind.STOPPED, "the test was stopped after " + length());
            case PEER_SILENT, PEER_CLOSED -> silent();
            case TIME_IS_UP -> timeIsUp();
        };
    }

    private BtestException silent() {
        String what = transmits && delivery.isReportExpected() ? stoppedReporting() : "lost contact with " + peer;
        return new BtestException(
                ErrorKind.PEER_LOST,
                what + "; the test ended after " + length() + ". Check " + peer
                        + " and the link, or raise the lost-peer time");
    }

    private String stoppedReporting() {
        return transfer.peerStatus().hasReported()
                ? peer + " stopped reporting what it received"
                : peer + " never reported what it received";
    }

    private BtestException closedEarly() {
        return new BtestException(
                ErrorKind.PEER_LOST,
                "the server closed the connection after " + length()
                        + ", before the end of the test; it may have been stopped, or it limits the duration of tests");
    }

    /** A test whose peer fell silent before the end is no measurement of the whole time. */
    private BtestException timeIsUp() {
        boolean fellSilent = transmits && delivery.peerIsLost() && !(receives && receivedNothing());
        return fellSilent
                ? new BtestException(
                        ErrorKind.PEER_LOST,
                        stoppedReporting() + " before the test ended after " + length()
                                + "; what it did not report counts as not delivered. Check " + peer + " and the link")
                : noData();
    }

    private BtestException noData() {
        String reason = null;
        if (receives && receivedNothing()) {
            reason = "no test data arrived from " + peer + hint();
        } else if (transmits && sum(IntervalReport::txBytes) == 0) {
            reason = "no test data could be sent to " + peer;
        } else if (transmits && delivery.arrivedBytes() == 0) {
            reason = transfer.peerStatus().count() == 0
                    ? peer + " never reported that it received anything"
                    : peer + " reported that no test data arrived" + hint();
        }
        return reason == null ? null : new BtestException(ErrorKind.NO_DATA, reason);
    }

    /** Judges what the intervals counted: what came after the last of them is not part of the test. */
    private boolean receivedNothing() {
        // in TCP both the statuses are part of the stream
        long statusBytes = udp ? 0 : transfer.peerStatus().count() * Status.LENGTH;
        return sum(IntervalReport::rxBytes) <= statusBytes;
    }

    private long sum(ToLongFunction<IntervalReport> number) {
        return intervals.stream().mapToLong(number).sum();
    }

    private String hint() {
        return udp ? "; check the firewalls for UDP" + transfer.ports() + ", or set the NAT option on the client" : "";
    }

    private String length() {
        return String.format(Locale.ROOT, "%.1f s", sum(IntervalReport::lengthNanos) / 1e9);
    }
}

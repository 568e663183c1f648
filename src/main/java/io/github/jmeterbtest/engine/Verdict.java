package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.Status;
import java.util.List;
import java.util.Locale;

/** Judges a transfer that has ended: was it a measurement? A zero is never called success. */
final class Verdict {
    private Verdict() {
    }

    /** @return why a client's test failed, or null */
    static BtestException ofClient(TestRun.Ending ending, Command command, List<IntervalReport> intervals, Transfer transfer,
            Delivery delivery) {
        return switch (ending) {
            case STOPPED -> stopped(intervals);
            case PEER_SILENT -> silent(intervals);
            case PEER_CLOSED -> new BtestException(ErrorKind.PEER_LOST, "the server closed the connection after "
                    + length(intervals) + ", before the test's time was up; it may have been stopped, or limits the length of tests");
            case TIME_IS_UP -> timeIsUp(command, command.direction().clientReceives(),
                    command.direction().clientTransmits(), "server", intervals, transfer, delivery);
        };
    }

    /** @return why a server's session failed, or null; a client ends a test by closing, at any time */
    static BtestException ofServer(TestRun.Ending ending, Command command, List<IntervalReport> intervals, Transfer transfer,
            Delivery delivery) {
        boolean receives = command.direction().clientTransmits();
        boolean transmits = command.direction().clientReceives();
        return switch (ending) {
            case STOPPED -> stopped(intervals);
            case PEER_SILENT -> silent(intervals);
            case PEER_CLOSED -> noData(command, receives, transmits, "client", intervals, transfer, delivery);
            case TIME_IS_UP -> timeIsUp(command, receives, transmits, "client", intervals, transfer, delivery);
        };
    }

    private static BtestException stopped(List<IntervalReport> intervals) {
        return new BtestException(ErrorKind.STOPPED, "the test was stopped after " + length(intervals));
    }

    private static BtestException silent(List<IntervalReport> intervals) {
        return new BtestException(ErrorKind.PEER_LOST, "lost contact with the peer; the test ended after "
                + length(intervals) + ". Check the link, or raise the lost-peer time");
    }

    /** A test whose peer fell silent before the end is no measurement of the whole time. */
    private static BtestException timeIsUp(Command command, boolean receives, boolean transmits, String peer,
            List<IntervalReport> intervals, Transfer transfer, Delivery delivery) {
        BtestException nothingReceived = receives ? nothingReceived(command, peer, intervals, transfer) : null;
        if (nothingReceived == null && transmits && delivery.peerIsLost()) {
            return new BtestException(ErrorKind.PEER_LOST, "the " + peer + " stopped reporting what it received before the test"
                    + " ended after " + length(intervals) + "; what it did not report counts as not delivered. Check the link");
        }
        return noData(command, receives, transmits, peer, intervals, transfer, delivery);
    }

    private static BtestException noData(Command command, boolean receives, boolean transmits, String peer,
            List<IntervalReport> intervals, Transfer transfer, Delivery delivery) {
        BtestException nothingReceived = receives ? nothingReceived(command, peer, intervals, transfer) : null;
        return nothingReceived == null && transmits ? nothingDelivered(command, peer, intervals, transfer, delivery) : nothingReceived;
    }

    /** Judges what the intervals counted: what came after the last of them is not part of the test. */
    private static BtestException nothingReceived(Command command, String peer, List<IntervalReport> intervals,
            Transfer transfer) {
        boolean udp = command.protocol() == Protocol.UDP;
        // in TCP both the statuses are part of the stream
        long statusBytes = udp ? 0 : transfer.peerStatus().count() * Status.LENGTH;
        return intervals.stream().mapToLong(IntervalReport::rxBytes).sum() > statusBytes ? null
                : new BtestException(ErrorKind.NO_DATA, "the " + peer + " sent no test data that came through" + hint(udp));
    }

    private static BtestException nothingDelivered(Command command, String peer, List<IntervalReport> intervals,
            Transfer transfer, Delivery delivery) {
        boolean udp = command.protocol() == Protocol.UDP;
        if (intervals.stream().mapToLong(IntervalReport::txBytes).sum() == 0) {
            return new BtestException(ErrorKind.NO_DATA, "no test data could be sent to the " + peer);
        }
        if (delivery.arrivedBytes() == 0) {
            return new BtestException(ErrorKind.NO_DATA, transfer.peerStatus().count() == 0
                    ? "the " + peer + " never reported that it received anything"
                    : "the " + peer + " reports that nothing of what was sent arrived" + hint(udp));
        }
        return null;
    }

    private static String hint(boolean udp) {
        return udp ? "; check firewalls for UDP (server ports from 2001, the client's 256 higher), or set NAT on the client" : "";
    }

    private static String length(List<IntervalReport> intervals) {
        long nanos = intervals.stream().mapToLong(IntervalReport::lengthNanos).sum();
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}

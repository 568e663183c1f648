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
    static BtestException ofClient(TestRun.Ending ending, Command command, List<IntervalReport> intervals, Transfer transfer) {
        return switch (ending) {
            case STOPPED -> stopped(intervals);
            case PEER_SILENT -> silent(intervals);
            case PEER_CLOSED -> new BtestException(ErrorKind.PEER_LOST, "the server closed the connection after "
                    + length(intervals) + ", before the test's time was up; it may have been stopped, or limits the length of tests");
            case TIME_IS_UP -> noData(command, command.direction().clientReceives(),
                    command.direction().clientTransmits(), "server", transfer);
        };
    }

    /** @return why a server's session failed, or null; a client ends a test by closing, at any time */
    static BtestException ofServer(TestRun.Ending ending, Command command, List<IntervalReport> intervals, Transfer transfer) {
        return switch (ending) {
            case STOPPED -> stopped(intervals);
            case PEER_SILENT -> silent(intervals);
            case PEER_CLOSED, TIME_IS_UP -> noData(command, command.direction().clientTransmits(),
                    command.direction().clientReceives(), "client", transfer);
        };
    }

    private static BtestException stopped(List<IntervalReport> intervals) {
        return new BtestException(ErrorKind.STOPPED, "the test was stopped after " + length(intervals));
    }

    private static BtestException silent(List<IntervalReport> intervals) {
        return new BtestException(ErrorKind.PEER_LOST, "nothing was heard of the peer any more, so that the test ended after "
                + length(intervals) + "; check the link, or raise the lost-peer time");
    }

    private static BtestException noData(Command command, boolean receives, boolean transmits, String peer, Transfer transfer) {
        boolean udp = command.protocol() == Protocol.UDP;
        // in TCP both the statuses are part of the stream
        long statusBytes = udp ? 0 : transfer.peerStatus().count() * Status.LENGTH;
        if (receives && transfer.rxBytes() <= statusBytes) {
            return new BtestException(ErrorKind.NO_DATA, "the " + peer + " sent no test data that came through" + hint(udp));
        }
        if (transmits && transfer.txBytes() == 0) {
            return new BtestException(ErrorKind.NO_DATA, "no test data could be sent to the " + peer);
        }
        if (transmits && transfer.arrivedBytes() == 0) {
            return new BtestException(ErrorKind.NO_DATA, "the " + peer + " says that nothing of what was sent arrived" + hint(udp));
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

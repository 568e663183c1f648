package io.github.jmeterbtest.engine.report;

import java.util.List;

/**
 * What the system's TCP knows of the way to the peer in some time, over all connections of a test. Known only of a TCP
 * test that sends, on Linux with Java 22 or newer.
 *
 * @param rttNanos average of the connections' smoothed round-trip times at the end of that time, ns;
 *     {@link IntervalReport#UNKNOWN} as the others if it is not known
 * @param maxRttNanos the longest of them, ns
 * @param retransmits segments that were sent again in that time
 */
public record TcpPath(long rttNanos, long maxRttNanos, long retransmits) {
    /** The system tells nothing. */
    public static final TcpPath NONE =
            new TcpPath(IntervalReport.UNKNOWN, IntervalReport.UNKNOWN, IntervalReport.UNKNOWN);

    /** @return of all of these together: the average, the maximum and the sum of what is known */
    public static TcpPath of(List<TcpPath> parts) {
        List<TcpPath> timed = parts.stream()
                .filter(part -> part.rttNanos != IntervalReport.UNKNOWN)
                .toList();
        return new TcpPath(
                Math.round(timed.stream().mapToLong(TcpPath::rttNanos).average().orElse(IntervalReport.UNKNOWN)),
                timed.stream().mapToLong(TcpPath::maxRttNanos).max().orElse(IntervalReport.UNKNOWN),
                retransmits(parts));
    }

    /** @return the sum of what is known, {@link IntervalReport#UNKNOWN} if nothing is */
    public static long retransmits(List<TcpPath> parts) {
        return parts.stream()
                .mapToLong(TcpPath::retransmits)
                .filter(number -> number != IntervalReport.UNKNOWN)
                .reduce(Long::sum)
                .orElse(IntervalReport.UNKNOWN);
    }

    /** @return whether the system told anything */
    public boolean isKnown() {
        return retransmits != IntervalReport.UNKNOWN;
    }
}

package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.TcpPath;

/**
 * What this end knows of an interval when it ends; what arrived of it, the peer says later.
 *
 * @param from ns after the start of the transfer
 * @param to likewise
 * @param counted in this interval alone
 * @param hostDropped datagrams lost on this host, or {@link IntervalReport#UNKNOWN}
 */
record Interval(
        int index,
        long from,
        long to,
        Snapshot counted,
        long hostDropped,
        int localCpu,
        boolean cpuLimited,
        boolean omitted,
        TcpPath tcp,
        long jitterNanos) {
    /**
     * @param arrived bytes that the peer says it received, or {@link IntervalReport#UNKNOWN}
     * @param reportMissing whether the peer should have said so by now
     * @param remoteCpu the peer's CPU load, percent, or {@link IntervalReport#UNKNOWN}
     */
    IntervalReport report(long arrived, boolean reportMissing, int remoteCpu) {
        return new IntervalReport(
                index,
                from,
                to - from,
                counted.rxBytes(),
                counted.txBytes(),
                counted.rxPackets(),
                counted.txPackets(),
                counted.lost(),
                counted.reordered(),
                counted.duplicates(),
                hostDropped,
                arrived,
                reportMissing,
                remoteCpu,
                localCpu,
                cpuLimited,
                omitted,
                Latency.NONE,
                tcp,
                jitterNanos);
    }
}

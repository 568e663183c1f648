package io.github.jmeterbtest.engine.report;

/** Makes intervals for tests that need not know all of their numbers. */
public final class IntervalReports {
    private IntervalReports() {}

    /** An interval without latency probes, of which the system's TCP tells nothing, and no jitter is known. */
    public static IntervalReport of(
            int index,
            long startNanos,
            long lengthNanos,
            long rxBytes,
            long txBytes,
            long rxPackets,
            long txPackets,
            long lostPackets,
            long reorderedPackets,
            long duplicatePackets,
            long hostDroppedPackets,
            long remoteRxBytes,
            boolean reportOverdue,
            int remoteCpu,
            int localCpu,
            boolean cpuLimited,
            boolean omitted) {
        return new IntervalReport(
                index,
                startNanos,
                lengthNanos,
                rxBytes,
                txBytes,
                rxPackets,
                txPackets,
                lostPackets,
                reorderedPackets,
                duplicatePackets,
                hostDroppedPackets,
                remoteRxBytes,
                reportOverdue,
                remoteCpu,
                localCpu,
                cpuLimited,
                omitted,
                Latency.NONE,
                TcpPath.NONE,
                IntervalReport.UNKNOWN);
    }

    /** {@return the same interval, with what the system's TCP knows and the jitter at its end, ns} */
    public static IntervalReport with(TcpPath tcp, long jitterNanos, IntervalReport interval) {
        return new IntervalReport(
                interval.index(),
                interval.startNanos(),
                interval.lengthNanos(),
                interval.rxBytes(),
                interval.txBytes(),
                interval.rxPackets(),
                interval.txPackets(),
                interval.lostPackets(),
                interval.reorderedPackets(),
                interval.duplicatePackets(),
                interval.hostDroppedPackets(),
                interval.remoteRxBytes(),
                interval.reportOverdue(),
                interval.remoteCpu(),
                interval.localCpu(),
                interval.cpuLimited(),
                interval.omitted(),
                interval.latency(),
                tcp,
                jitterNanos);
    }
}

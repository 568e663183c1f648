package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.CpuLoad;
import io.github.jmeterbtest.engine.platform.CpuWatch;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TcpPath;
import java.util.concurrent.TimeUnit;

/**
 * Divides what a transfer counts into intervals, one behind the other. They end at i·interval after the start, and none
 * moves because another one ended late. One thread uses it. All times are ns after the start of the transfer.
 */
final class IntervalMeter {
    /** The system's CPU times are too coarse to judge a last piece of a few milliseconds by. */
    private static final long MIN_CPU_READING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Transfer transfer;
    private final SpeedCaps caps;
    private final CpuWatch cpuWatch;
    private final long durationNanos;
    private final long omitNanos;
    private final long intervalNanos;
    private Snapshot last;
    private long closedAt;
    private long retransmits;
    private int index;

    /** @param caps what keeps the test slow on purpose, and is then no fault of the CPU */
    IntervalMeter(Transfer transfer, SpeedCaps caps, Timing timing) {
        this.transfer = transfer;
        this.caps = caps;
        this.cpuWatch = new CpuWatch(transfer::threads);
        this.durationNanos = timing.duration().toNanos();
        this.omitNanos = timing.omit().toNanos();
        this.intervalNanos = timing.interval().toNanos();
        this.last = Snapshot.of(transfer);
    }

    /** To be called right before the transfer starts. */
    void start() {
        // the system's reading is "since the last one": let the first interval's begin here
        CpuLoad.SYSTEM.percent();
        last = Snapshot.of(transfer);
    }

    /** @return when the interval that is open should end */
    long nextEnd() {
        return Math.min((index + 1) * intervalNanos, durationNanos);
    }

    /** @return when the last interval ended, 0 before the first one has */
    long closedAt() {
        return closedAt;
    }

    /**
     * Ends the open interval and opens the next one.
     *
     * @param end behind {@link #closedAt}
     */
    Interval close(TimedSnapshot end) {
        long from = closedAt;
        long to = end.nanos();
        Snapshot next = end.counters().after(last);
        Snapshot counted = next.minus(last);
        int localCpu = CpuLoad.SYSTEM.percent();
        // before the drops, since reading their table can take long enough to look like work of the data threads
        boolean cpuLimited = isCpuLimited(counted, to - from, localCpu);
        Interval interval = new Interval(
                index,
                from,
                to,
                counted,
                transfer.hostDroppedPackets(counted.lost()),
                localCpu,
                cpuLimited,
                from + intervalNanos / 2 < omitNanos,
                tcp(),
                counted.rxPackets() == 0 ? IntervalReport.UNKNOWN : transfer.jitterNanos());
        last = next;
        closedAt = to;
        // a stall makes one long interval and leaves out those that it slept through
        index = Math.max(index + 1, (int) (to / intervalNanos));
        return interval;
    }

    /** The system counts from the beginning of the connections. */
    private TcpPath tcp() {
        return transfer.tcpInfo()
                .map(now -> {
                    long before = retransmits;
                    retransmits = now.retransmits();
                    return new TcpPath(known(now.meanRttNanos()), known(now.maxRttNanos()), now.retransmits() - before);
                })
                .orElse(TcpPath.NONE);
    }

    private static long known(long rtt) {
        return rtt == 0 ? IntervalReport.UNKNOWN : rtt;
    }

    private boolean isCpuLimited(Snapshot counted, long nanos, int localCpu) {
        // asked in any case, since it counts from one asking to the next
        boolean limited = cpuWatch.isCpuLimited(nanos, localCpu);
        return limited
                && nanos >= Math.min(intervalNanos, MIN_CPU_READING_NANOS)
                && !caps.reached(
                        IntervalReport.bitsPerSecond(counted.rxBytes(), nanos),
                        IntervalReport.bitsPerSecond(counted.txBytes(), nanos));
    }
}

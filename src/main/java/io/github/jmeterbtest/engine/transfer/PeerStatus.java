package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.report.ByteUnit;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.protocol.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What the peer has reported of itself. Over TCP its statuses may come on the first connection only, with the total of
 * all (RouterOS), or on each with the bytes of that one (btest-rs): what comes on several is summed. Bytes are
 * converted to what this end counts, see {@link ByteUnitDetector}. Data threads add statuses, any thread reads.
 */
final class PeerStatus {
    /** Statuses come each second, and one may be late: what is older says nothing of now. */
    private static final long MAX_CPU_AGE = 3 * Arrivals.SECOND;

    private final List<StatusSource> sources = new ArrayList<>();
    private final ByteUnitDetector unit;
    private int cpuLoad = IntervalReport.UNKNOWN;

    /**
     * What this end had sent when a status came.
     *
     * @param bytes on all connections
     * @param connectionBytes on the one that carried the status
     * @param datagrams datagrams; 0 for TCP
     */
    record Sent(long bytes, long connectionBytes, long datagrams) {}

    /**
     * @param standInLine whether its statuses wait for data that was sent before them
     * @param connections on which statuses may come, at least 1
     * @param unit finds out what it counts; null for TCP, where there is but one way
     */
    PeerStatus(boolean standInLine, int connections, ByteUnitDetector unit) {
        for (int i = 0; i < connections; i++) {
            sources.add(new StatusSource(standInLine, unit != null));
        }
        this.unit = unit;
    }

    /**
     * @param connection which one carried the status, 0 for the control connection
     * @param at when it came, ns after the start of the test
     * @return bytes that the peer received since its last status, in the larger reading while their unit is not known
     */
    synchronized long accept(int connection, Status status, Sent sent, long at) {
        boolean ofAll = connection == 0 && reportsTotalOnFirst(status, sent);
        long bytes = sources.get(connection).accept(status, sent, ofAll, at);
        cpuLoad = status.cpuLoad();
        if (unit == null) {
            return bytes;
        }
        unit.add(bytes, sent.datagrams);
        return unit.maxIpBytes(bytes);
    }

    private boolean reportsTotalOnFirst(Status status, Sent sent) {
        boolean othersReport = sources.stream().skip(1).anyMatch(source -> source.count() > 0);
        StatusSource first = sources.get(0);
        return !othersReport && (first.count() > 0 || status.bytesReceived() > sent.connectionBytes);
    }

    /** @return statuses so far, on all connections */
    synchronized long count() {
        return sources.stream().mapToLong(StatusSource::count).sum();
    }

    /** @return whether it has reported on any time: a status at the very start does not */
    synchronized boolean hasReported() {
        return reporting().stream().anyMatch(StatusSource::hasReported);
    }

    /** @return bytes that the peer says it received so far */
    synchronized long total() {
        return converted(rawTotal());
    }

    /** @return bytes that this end had sent when the last status came; 0 if none has */
    synchronized long sentUntilLast() {
        return sources.stream()
                .mapToLong(source -> source.before().bytes())
                .max()
                .orElse(0);
    }

    /** @return what the peer's byte counts cover; null for TCP */
    synchronized ByteUnit unit() {
        return unit == null ? null : unit.unit();
    }

    /** @return when the last status came, ns after the start of the test; 0 if none has */
    synchronized long lastStatusAt() {
        return sources.stream().mapToLong(StatusSource::lastStatusAt).max().orElse(0);
    }

    /** @return the last second that the peer has reported on, on each connection that reports; 0 if it has on none */
    synchronized long end() {
        return reporting().stream()
                .mapToLong(source -> source.arrivals().end())
                .min()
                .orElse(0);
    }

    /** @return how late the last status was, ns: the time from the end of the second it belongs to until it came */
    synchronized long lateness() {
        return reporting().stream()
                .mapToLong(source -> source.lastStatusAt() - source.arrivals().end() * Arrivals.SECOND)
                .max()
                .orElse(0);
    }

    /**
     * @param first first second of the test, from 1
     * @param last last second, not before the first
     * @return bytes that the peer received in these seconds, or {@link IntervalReport#UNKNOWN} if it has not reported
     *     on each
     */
    synchronized long received(long first, long last) {
        long sum = 0;
        List<StatusSource> reporting = reporting();
        for (StatusSource source : reporting) {
            long bytes = source.arrivals().received(first, last);
            if (bytes == IntervalReport.UNKNOWN) {
                return IntervalReport.UNKNOWN;
            }
            sum += bytes;
        }
        return reporting.isEmpty() ? IntervalReport.UNKNOWN : converted(sum);
    }

    /** @return whether no connection need be waited for: after the first second it is known which ones report */
    synchronized boolean isComplete(long lastSecond) {
        return end() >= lastSecond && (lastSecond > 1 || reporting().size() == sources.size());
    }

    /**
     * @param omit how long at the beginning does not count, nor does a second of which more than half lies in it
     * @param counted seconds that count; later ones do not
     * @param sentNanos how long this end sent, ns
     * @param missingIsZero whether seconds that the peer has not reported on count as ones in which nothing arrived
     * @return bit/s that the peer received in the seconds on which it reported, in all of them if none counts;
     *     {@link IntervalReport#UNKNOWN} if it never did
     */
    synchronized double averageBitsPerSecond(Duration omit, long counted, long sentNanos, boolean missingIsZero) {
        long first = (long) Math.ceil(omit.toNanos() / 1e9 + 0.5);
        double[] averages = reporting().stream()
                .mapToDouble(source -> {
                    Arrivals arrivals = source.arrivals();
                    long end = missingIsZero ? Math.max(arrivals.end(), sentNanos / Arrivals.SECOND) : arrivals.end();
                    long last = Math.min(end, counted);
                    return arrivals.averageBitsPerSecond(first > last ? 1 : first, last, sentNanos);
                })
                .filter(average -> average != IntervalReport.UNKNOWN)
                .toArray();
        if (averages.length == 0) {
            return missingIsZero ? 0 : IntervalReport.UNKNOWN;
        }
        long raw = rawTotal();
        return raw == 0 ? 0 : DoubleStream.of(averages).sum() * converted(raw) / raw;
    }

    /**
     * @param at ns after the start of the test
     * @return percent; {@link IntervalReport#UNKNOWN} if no status has told it in the 3 s before
     */
    synchronized int cpuLoad(long at) {
        return at - lastStatusAt() > MAX_CPU_AGE ? IntervalReport.UNKNOWN : cpuLoad;
    }

    private List<StatusSource> reporting() {
        return sources.stream().filter(source -> source.count() > 0).toList();
    }

    private long rawTotal() {
        return sources.stream().mapToLong(StatusSource::total).sum();
    }

    private long converted(long bytes) {
        return unit == null ? bytes : unit.ipBytes(bytes);
    }
}

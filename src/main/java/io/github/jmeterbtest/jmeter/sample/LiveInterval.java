package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Loss;
import io.github.jmeterbtest.protocol.Protocol;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What only the process that made the sample of an interval knows of it; no results file has it.
 *
 * @param protocol what carries the data
 * @param rxPackets test datagrams received, each once as {@link Loss} counts them; 0 for TCP
 * @param localCpu CPU load of this machine, percent; {@link IntervalReport#UNKNOWN} if the system does not report it
 * @param remoteCpu the peer's CPU load, percent; {@link IntervalReport#UNKNOWN} if it did not report it
 * @param leftMillis time until the test's end as planned, ms, at least 0; empty where the peer decides
 */
public record LiveInterval(Protocol protocol, long rxPackets, int localCpu, int remoteCpu, Optional<Long> leftMillis) {
    static LiveInterval of(IntervalReport interval, RunningTest test) {
        long endMillis = TimeUnit.NANOSECONDS.toMillis(interval.startNanos() + interval.lengthNanos());
        return new LiveInterval(
                test.protocol(),
                Math.max(0, interval.rxPackets() - interval.duplicatePackets()),
                interval.localCpu(),
                interval.remoteCpu(),
                test.duration().map(planned -> Math.max(0, planned.toMillis() - endMillis)));
    }
}

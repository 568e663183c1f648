package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.jmeter.sample.Rtt;
import io.github.jmeterbtest.protocol.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * How a test ended; what is not known is empty.
 *
 * @param result {@link ChartRow#OK} or the response code
 * @param reason what went wrong, in full; empty if nothing did
 * @param protocol what carried the data
 * @param average as the message says it, to few digits where the sample is from elsewhere
 * @param exactAverage without the omitted time
 * @param minimum of the intervals
 * @param maximum of the intervals
 * @param lost datagrams in all
 * @param lossPercent their share, 0..100; not a number if it is not known
 * @param rtt latency
 * @param receives whether this machine received
 * @param transmits whether this machine sent
 * @param spans the intervals, as far as the sample itself has them; for a test whose intervals were no samples
 * @param whole the average over the time since the first payload, if the sample carries bytes and no intervals
 * @param localCpu percent, at the end; {@link IntervalReport#UNKNOWN} if it is not known
 * @param remoteCpu likewise
 */
record ChartOutcome(
        String result,
        String reason,
        Optional<Protocol> protocol,
        Optional<ChartRates> average,
        Optional<ChartRates> exactAverage,
        Optional<ChartRates> minimum,
        Optional<ChartRates> maximum,
        Optional<Long> lost,
        double lossPercent,
        Optional<Rtt> rtt,
        Optional<Boolean> receives,
        Optional<Boolean> transmits,
        List<ChartSpan> spans,
        Optional<ChartSpan> whole,
        int localCpu,
        int remoteCpu) {
    static ChartOutcome withoutNumbers(String result, String reason) {
        return new ChartOutcome(
                result,
                reason,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Double.NaN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                IntervalReport.UNKNOWN,
                IntervalReport.UNKNOWN);
    }
}

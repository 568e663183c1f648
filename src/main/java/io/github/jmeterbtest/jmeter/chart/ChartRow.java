package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.sample.Rtt;
import io.github.jmeterbtest.protocol.Protocol;
import java.util.Optional;

/**
 * A test as the table shows it; what is not known is null, or not a number.
 *
 * @param name label of the sampler
 * @param thread name of JMeter's thread
 * @param line number of its line in the chart, which tells its colour; {@link ChartLine#NONE} if it has none
 * @param startMillis wall clock, ms
 * @param endMillis end of its last sample, wall clock, ms
 * @param result {@link #RUNNING}, {@link #OK} or the code of what went wrong
 * @param reason what went wrong, in full; empty if nothing did
 * @param protocol what carries the data
 * @param receives whether this machine receives
 * @param transmits whether this machine sends
 * @param rates in Mbit/s and so on
 * @param rxBytes received until now, bytes
 * @param txBytes sent until now, bytes
 * @param lost datagrams
 * @param lossPercent their share, 0..100
 * @param rtt latency, while the test runs that of the last interval; empty if it is not known
 * @param localCpu percent
 * @param remoteCpu percent
 * @param leftMillis time until the planned end, ms, while it runs
 */
record ChartRow(
        String name,
        String thread,
        int line,
        long startMillis,
        long endMillis,
        String result,
        String reason,
        Protocol protocol,
        boolean receives,
        boolean transmits,
        Rates rates,
        long rxBytes,
        long txBytes,
        long lost,
        double lossPercent,
        Optional<Rtt> rtt,
        Integer localCpu,
        Integer remoteCpu,
        Long leftMillis) {
    static final String RUNNING = "running";
    static final String OK = "OK";

    /**
     * Rates of a test; null where they are not known.
     *
     * @param current those of the last interval, while it runs
     * @param recent average over its last ten seconds
     * @param average of the test
     * @param minimum of its intervals
     * @param maximum of its intervals
     */
    record Rates(ChartRates current, ChartRates recent, ChartRates average, ChartRates minimum, ChartRates maximum) {}

    boolean isRunning() {
        return RUNNING.equals(result);
    }

    boolean isFailed() {
        return !isRunning() && !OK.equals(result);
    }

    /** {@return whether datagrams can be lost on their way to this machine; as far as is known} */
    boolean canLose() {
        return lost > 0 || (receives && protocol == Protocol.UDP);
    }

    /** {@return RouterOS's word, empty if it is not known} */
    String direction() {
        return receives ? transmits ? "both" : "receive" : transmits ? "transmit" : "";
    }

    /** {@return whether the other row is of the same test, maybe some time later} */
    boolean isSameTest(ChartRow other) {
        return startMillis == other.startMillis && name.equals(other.name) && thread.equals(other.thread);
    }

    /** {@return the highest rate that is known, bit/s; 0 if there is none} */
    double highestBitsPerSecond() {
        return Math.max(highest(rates.maximum), Math.max(highest(rates.average), highest(rates.current)));
    }

    private static double highest(ChartRates rates) {
        return Optional.ofNullable(rates).map(ChartRates::highest).orElse(0.0);
    }
}

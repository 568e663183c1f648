package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.jmeter.threads.JMeterVariables;

/**
 * The JMeter variables of a test. Those of the interval stand only while its sample is sent, since JMeter would copy
 * them into the rows of all later samplers; those of the whole test stay until the next one begins. The rate of sending
 * is what arrived at the peer where it says so; the bytes are those sent. Rates are Mbit/s; they, loss and times have
 * three decimals and a point, whatever the locale. What is not known is not set.
 */
public final class BtestVariables {
    /** Receive rate of the interval, Mbit/s. */
    public static final String RX_MBPS = "btest_rx_mbps";
    /** Transmit rate of the interval, Mbit/s: what arrived, where the peer reports it. */
    public static final String TX_MBPS = "btest_tx_mbps";

    static final String RX_BYTES = "btest_rx_bytes";
    static final String TX_BYTES = "btest_tx_bytes";
    /** Datagrams to this end that were lost in the interval. */
    public static final String LOST_PACKETS = "btest_lost_packets";

    static final String HOST_DROPPED_PACKETS = "btest_host_dropped_packets";
    /** The peer's CPU load in the interval, percent. */
    public static final String REMOTE_CPU = "btest_remote_cpu";
    /** This machine's CPU load in the interval, percent. */
    public static final String LOCAL_CPU = "btest_local_cpu";

    /** Median latency in the interval, ms. */
    public static final String RTT_MILLIS = "btest_rtt_ms";

    static final String RTT_MINIMUM_MILLIS = "btest_rtt_min_ms";
    static final String RTT_95_MILLIS = "btest_rtt_p95_ms";
    static final String RTT_MAXIMUM_MILLIS = "btest_rtt_max_ms";
    /** Latency probes without an answer in the interval. */
    static final String RTT_LOST = "btest_rtt_lost";

    /** Average round-trip time that TCP knows at the end of the interval, ms. */
    public static final String TCP_RTT_MILLIS = "btest_tcp_rtt_ms";
    /** Segments that TCP sent again in the interval. */
    public static final String TCP_RETRANSMITS = "btest_tcp_retransmits";

    /** Inter-arrival jitter at the end of the interval, ms. */
    public static final String JITTER_MILLIS = "btest_jitter_ms";

    /** Average receive rate without the omitted time, Mbit/s. */
    public static final String AVERAGE_RX_MBPS = "btest_avg_rx_mbps";
    /** Average transmit rate likewise, Mbit/s: what arrived, where the peer reports it. */
    public static final String AVERAGE_TX_MBPS = "btest_avg_tx_mbps";

    static final String MINIMUM_RX_MBPS = "btest_min_rx_mbps";
    static final String MINIMUM_TX_MBPS = "btest_min_tx_mbps";
    static final String TOTAL_RX_BYTES = "btest_total_rx_bytes";
    static final String TOTAL_TX_BYTES = "btest_total_tx_bytes";
    static final String TOTAL_LOST_PACKETS = "btest_total_lost_packets";
    static final String TOTAL_HOST_DROPPED_PACKETS = "btest_total_host_dropped_packets";
    static final String TOTAL_TCP_RETRANSMITS = "btest_total_tcp_retransmits";
    static final String AVERAGE_JITTER_MILLIS = "btest_avg_jitter_ms";
    static final String LOSS_PERCENT = "btest_loss_percent";
    static final String CONNECT_MILLIS = "btest_connect_ms";
    static final String LOGIN = "btest_auth";
    /** Median latency before the test, ms. */
    public static final String RTT_IDLE_MILLIS = "btest_rtt_idle_ms";
    /** Median latency during the test without the omitted time, ms. */
    public static final String RTT_LOADED_MILLIS = "btest_rtt_loaded_ms";

    static final String RTT_LOADED_95_MILLIS = "btest_rtt_loaded_p95_ms";
    static final String RTT_INCREASE_MILLIS = "btest_rtt_increase_ms";
    static final String RTT_TOTAL_LOST = "btest_total_rtt_lost";
    /** The congestion control of TCP on what this machine sent. */
    public static final String CONGESTION_CONTROL = "btest_congestion_control";
    /** What carried the data: tcp or udp. */
    public static final String PROTOCOL = "btest_protocol";
    /** Which way it flowed, seen from this end: receive, transmit or both. */
    public static final String DIRECTION = "btest_direction";

    static final List<String> OF_INTERVAL = List.of(
            RX_MBPS,
            TX_MBPS,
            RX_BYTES,
            TX_BYTES,
            LOST_PACKETS,
            HOST_DROPPED_PACKETS,
            REMOTE_CPU,
            LOCAL_CPU,
            RTT_MILLIS,
            RTT_MINIMUM_MILLIS,
            RTT_95_MILLIS,
            RTT_MAXIMUM_MILLIS,
            RTT_LOST,
            TCP_RTT_MILLIS,
            TCP_RETRANSMITS,
            JITTER_MILLIS);
    static final List<String> OF_TEST = List.of(
            AVERAGE_RX_MBPS,
            AVERAGE_TX_MBPS,
            MINIMUM_RX_MBPS,
            MINIMUM_TX_MBPS,
            TOTAL_RX_BYTES,
            TOTAL_TX_BYTES,
            TOTAL_LOST_PACKETS,
            TOTAL_HOST_DROPPED_PACKETS,
            TOTAL_TCP_RETRANSMITS,
            AVERAGE_JITTER_MILLIS,
            LOSS_PERCENT,
            CONNECT_MILLIS,
            RTT_IDLE_MILLIS,
            RTT_LOADED_MILLIS,
            RTT_LOADED_95_MILLIS,
            RTT_INCREASE_MILLIS,
            RTT_TOTAL_LOST,
            LOGIN,
            CONGESTION_CONTROL,
            PROTOCOL,
            DIRECTION);

    /** The tests that run now. Those of a Parallel Controller have the same variables. */
    private static final Map<JMeterVariables, List<BtestVariables>> RUNNING = new HashMap<>();

    private final JMeterVariables variables;
    // guarded by RUNNING
    private boolean shared;

    /** @param variables those of the sampler's thread */
    public BtestVariables(JMeterVariables variables) {
        this.variables = variables;
    }

    /**
     * Begins a test, whose {@link #endTest} must follow. Removes the variables of the test before it, so that a test
     * that fails early does not seem to have measured what that one did.
     */
    public void beginTest() {
        synchronized (RUNNING) {
            List<BtestVariables> tests = RUNNING.computeIfAbsent(variables, key -> new ArrayList<>());
            tests.add(this);
            if (tests.size() > 1) {
                tests.forEach(test -> test.shared = true);
            }
        }
        OF_TEST.forEach(variables::remove);
    }

    /** Ends a test; its variables stay. */
    public void endTest() {
        synchronized (RUNNING) {
            List<BtestVariables> tests = RUNNING.get(variables);
            tests.remove(this);
            if (tests.isEmpty()) {
                RUNNING.remove(variables);
            }
        }
    }

    /** Sets the variables of an interval. */
    public void set(IntervalReport interval) {
        variables.put(RX_MBPS, megabits(interval.rxBitsPerSecond()));
        setKnownRate(TX_MBPS, interval.deliveredBitsPerSecond());
        variables.put(RX_BYTES, Long.toString(interval.rxBytes()));
        variables.put(TX_BYTES, Long.toString(interval.txBytes()));
        variables.put(LOST_PACKETS, Long.toString(interval.lostPackets()));
        setKnown(HOST_DROPPED_PACKETS, interval.hostDroppedPackets());
        setKnown(REMOTE_CPU, interval.remoteCpu());
        setKnown(LOCAL_CPU, interval.localCpu());
        setLatency(interval.latency());
        setKnownMillis(JITTER_MILLIS, interval.jitterNanos());
        setKnownMillis(TCP_RTT_MILLIS, interval.tcp().rttNanos());
        setKnown(TCP_RETRANSMITS, interval.tcp().retransmits());
    }

    private void setLatency(Latency latency) {
        setKnownMillis(RTT_MILLIS, latency.medianNanos());
        setKnownMillis(RTT_MINIMUM_MILLIS, latency.minimumNanos());
        setKnownMillis(RTT_95_MILLIS, latency.percentile95Nanos());
        setKnownMillis(RTT_MAXIMUM_MILLIS, latency.maximumNanos());
        setKnown(RTT_LOST, lost(latency));
    }

    /** {@return nothing where no probe ended} */
    private static long lost(Latency latency) {
        return latency.isProbed() ? latency.lost() : IntervalReport.UNKNOWN;
    }

    private void setLatency(LatencyUnderLoad latency) {
        setKnownMillis(RTT_IDLE_MILLIS, latency.idle().medianNanos());
        setKnownMillis(RTT_LOADED_MILLIS, latency.loaded().medianNanos());
        setKnownMillis(RTT_LOADED_95_MILLIS, latency.loaded().percentile95Nanos());
        setKnownMillis(RTT_INCREASE_MILLIS, latency.increaseNanos().orElse(IntervalReport.UNKNOWN));
        setKnown(RTT_TOTAL_LOST, lost(latency.loaded()));
    }

    void removeInterval() {
        OF_INTERVAL.forEach(variables::remove);
    }

    /**
     * Sets the variables of the whole test. With those of a test that ran at the same time they would be mixed up in
     * the rows of both, so then there are none.
     */
    public void set(TestReport report) {
        synchronized (RUNNING) {
            if (shared) {
                return;
            }
        }
        variables.put(AVERAGE_RX_MBPS, megabits(report.averageRxBitsPerSecond()));
        setKnownRate(AVERAGE_TX_MBPS, report.averageDeliveredBitsPerSecond());
        variables.put(MINIMUM_RX_MBPS, megabits(report.minimum(IntervalReport::rxBitsPerSecond)));
        setKnownRate(MINIMUM_TX_MBPS, report.minimum(IntervalReport::deliveredBitsPerSecond));
        variables.put(TOTAL_RX_BYTES, Long.toString(report.rxBytes()));
        variables.put(TOTAL_TX_BYTES, Long.toString(report.txBytes()));
        variables.put(TOTAL_LOST_PACKETS, Long.toString(report.lostPackets()));
        setKnown(
                TOTAL_HOST_DROPPED_PACKETS,
                IntervalReport.sumOfKnown(report.intervals(), IntervalReport::hostDroppedPackets));
        setKnownMillis(AVERAGE_JITTER_MILLIS, report.jitterNanos());
        setKnown(TOTAL_TCP_RETRANSMITS, report.tcpRetransmits());
        if (report.loss().isKnown()) {
            variables.put(LOSS_PERCENT, decimal(report.loss().percent()));
        }
        if (report.connectNanos() > 0) { // a server accepts
            variables.put(CONNECT_MILLIS, decimal(report.connectNanos() / 1e6));
        }
        setLatency(report.latency());
        variables.put(LOGIN, report.authentication().word());
        if (!report.congestionControl().isEmpty()) {
            variables.put(CONGESTION_CONTROL, report.congestionControl());
        }
        variables.put(PROTOCOL, report.protocol().word());
        variables.put(DIRECTION, direction(report));
    }

    private static String direction(TestReport report) {
        if (report.receives() && report.transmits()) {
            return Direction.BOTH.word();
        }
        return (report.receives() ? Direction.RECEIVE : Direction.TRANSMIT).word();
    }

    private void setKnown(String name, long number) {
        if (number == IntervalReport.UNKNOWN) {
            variables.remove(name);
        } else {
            variables.put(name, Long.toString(number));
        }
    }

    private void setKnownMillis(String name, long nanos) {
        if (nanos == IntervalReport.UNKNOWN) {
            variables.remove(name);
        } else {
            variables.put(name, decimal(nanos / 1e6));
        }
    }

    private void setKnownRate(String name, double bitsPerSecond) {
        if (Double.isNaN(bitsPerSecond)) {
            variables.remove(name);
        } else {
            variables.put(name, megabits(bitsPerSecond));
        }
    }

    private static String megabits(double bitsPerSecond) {
        return decimal(bitsPerSecond / 1e6);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }
}

package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Loss;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Rate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jmeter.samplers.SampleResult;

/**
 * The message of a sample that measured something, such as {@code rx 941.2 Mbit/s, tx 0 bit/s, lost 12 (0.03 %)}; the
 * same in every locale. It is what a JTL file keeps of the rates, so what is written here must be read here. Only a
 * final sample has a share of loss, where it is known. Behind it may stand how many of the lost datagrams this host
 * dropped itself, the latency, and that the CPU was the limit.
 *
 * @param rxBitsPerSecond received, bit/s, at least 0
 * @param txBitsPerSecond arrived at the peer where it reported that, else sent, bit/s, at least 0; not a number where
 *     the peer should have reported it and did not
 * @param lostPackets datagrams lost, at least 0
 * @param lossPercent their share, 0..100; not a number where it is not known
 * @param hostDropped those of the lost ones that this host dropped, 0 if there are none or the system does not say
 * @param rtt latency; empty without probes
 * @param cpuLimited whether this machine's CPU was the limit
 */
public record ThroughputMessage(
        double rxBitsPerSecond,
        double txBitsPerSecond,
        long lostPackets,
        double lossPercent,
        long hostDropped,
        Optional<Rtt> rtt,
        boolean cpuLimited) {
    private static final String CPU_LIMITED = ", limited by this machine's CPU";
    private static final String UNKNOWN = "unknown";
    private static final String RATE = "(\\d{1,15}(?:\\.\\d{1,3})?) ([kMG]?)bit/s";
    private static final String OF_WHICH = ", of which ";
    private static final String HOST_DROPPED = " dropped by this host (receive buffer full)";
    private static final String PERCENT = "(\\d{1,3}(?:\\.\\d{1,30})?) %";
    private static final Pattern TEXT = Pattern.compile("rx " + RATE + ", tx (?:" + UNKNOWN + "|" + RATE + ")"
            + ", lost (\\d{1,18})(?: \\(" + PERCENT + "\\))?"
            + "(?:" + OF_WHICH + "(\\d{1,18})" + Pattern.quote(HOST_DROPPED) + ")?(?:, (" + Rtt.PATTERN + "))?("
            + CPU_LIMITED + ")?");

    static ThroughputMessage of(IntervalReport interval) {
        return new ThroughputMessage(
                interval.rxBitsPerSecond(),
                interval.deliveredBitsPerSecond(),
                interval.lostPackets(),
                Double.NaN,
                Math.max(0, interval.hostDroppedPackets()),
                Rtt.of(interval.latency()),
                interval.cpuLimited());
    }

    /** The averages and the loss of a whole test. */
    static ThroughputMessage of(TestReport report) {
        Loss loss = report.loss();
        return new ThroughputMessage(
                report.averageRxBitsPerSecond(),
                report.averageDeliveredBitsPerSecond(),
                loss.lostPackets(),
                loss.percent(),
                Math.max(0, loss.hostDroppedPackets()),
                Rtt.of(report.latency()),
                report.cpuLimited());
    }

    /** {@return what a message says, to the digits it shows; nothing if it is none of ours} */
    public static Optional<ThroughputMessage> parse(String message) {
        Matcher matcher = TEXT.matcher(message == null ? "" : message);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new ThroughputMessage(
                bits(matcher.group(1), matcher.group(2)),
                bits(matcher.group(3), matcher.group(4)),
                Long.parseLong(matcher.group(5)),
                matcher.group(6) == null ? Double.NaN : Double.parseDouble(matcher.group(6)),
                matcher.group(7) == null ? 0 : Long.parseLong(matcher.group(7)),
                Optional.ofNullable(matcher.group(8)).map(Rtt::parse),
                matcher.group(12) != null));
    }

    /**
     * {@return what a sample measured, with all digits where this process made it; nothing if it failed or is none of
     * ours}
     */
    static Optional<ThroughputMessage> measured(SampleResult sample) {
        // an XML file without response codes gives null, which JMeter does not expect itself
        return sample.getResponseCode() != null && sample.isResponseCodeOK()
                ? SampleNumbers.of(sample).map(SampleNumbers::throughput).or(() -> parse(sample.getResponseMessage()))
                : Optional.empty();
    }

    /**
     * The message of an interval has the true rates, but few digits; bytes and time of its sample have all digits, but
     * are stamped with nominal times.
     *
     * @return the rates of the bytes where a message would show them as this one does, else those of the message
     */
    ThroughputMessage refined(SampleResult interval) {
        return refined(interval.getBytesAsLong(), interval.getSentBytes(), interval.getTime());
    }

    /**
     * As {@link #refined(SampleResult)}, for one from a file.
     *
     * @param rxBytes bytes received
     * @param txBytes bytes sent
     * @param millis length of the interval, ms
     */
    public ThroughputMessage refined(long rxBytes, long txBytes, long millis) {
        return new ThroughputMessage(
                refined(rxBitsPerSecond, rxBytes, millis),
                refined(txBitsPerSecond, txBytes, millis),
                lostPackets,
                lossPercent,
                hostDropped,
                rtt,
                cpuLimited);
    }

    private static double refined(double shown, long bytes, long millis) {
        double exact = millis <= 0 ? shown : bytes * 8e3 / millis;
        return isShownAs(shown, exact) ? exact : shown;
    }

    /** {@return whether a message shows the exact rate as it does the other, both bit/s} */
    public static boolean isShownAs(double shown, double exact) {
        // the comparison of numbers is quick and decides most cases; the other is what was really written
        return exact >= 0
                && Math.abs(exact - shown) <= Math.max(1, shown * 0.06)
                && Rate.format(exact).equals(Rate.format(shown));
    }

    private static double bits(String number, String unit) {
        if (number == null) {
            return Double.NaN;
        }
        double factor = switch (unit) {
            case "k" -> 1e3;
            case "M" -> 1e6;
            case "G" -> 1e9;
            default -> 1;
        };
        return Double.parseDouble(number) * factor;
    }

    /** {@return such as {@code 941.2 Mbit/s}, or that it is unknown} */
    static String rate(double bitsPerSecond) {
        return Double.isNaN(bitsPerSecond) ? UNKNOWN : Rate.format(bitsPerSecond);
    }

    String format() {
        return "rx " + rate(rxBitsPerSecond) + ", tx " + rate(txBitsPerSecond) + ", lost " + lostPackets
                + (Double.isNaN(lossPercent) ? "" : " (" + Percent.format(lossPercent) + ")")
                + (hostDropped > 0 ? OF_WHICH + hostDropped + HOST_DROPPED : "")
                + rtt.map(latency -> ", " + latency.format()).orElse("")
                + (cpuLimited ? CPU_LIMITED : "");
    }
}

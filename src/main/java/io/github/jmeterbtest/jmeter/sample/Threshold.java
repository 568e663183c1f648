package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.jmeter.BandwidthAssertion;
import io.github.jmeterbtest.protocol.Rate;
import java.math.BigDecimal;
import java.util.Optional;

/** What one field of a {@link BandwidthAssertion} requires of a test. */
@FunctionalInterface
public interface Threshold {
    /**
     * @return what was wanted and what was measured, or nothing if it is met
     * @throws BtestException if this kind of test does not have it, saying why
     */
    Optional<String> unmet(MeasuredTest test) throws BtestException;

    /** Takes one number out of a test, if the test has it. */
    @FunctionalInterface
    interface Measure<T> {
        /** @throws BtestException if this kind of test does not have it, saying why */
        T of(MeasuredTest test) throws BtestException;
    }

    /** @param min bit/s; 0 is met by every test */
    static Threshold minRate(String what, long min, Measure<Double> measure) {
        if (min == 0) {
            return test -> Optional.empty();
        }
        return test -> {
            double measured = measure.of(test);
            // what is not known is not met
            return measured >= min
                    ? Optional.empty()
                    : Optional.of(what + ": wanted at least " + Rate.formatExactly(min) + ", measured "
                            + text(measured, min));
        };
    }

    static Threshold maxPercent(String what, BigDecimal max, Measure<MeasuredTest.Share> measure) {
        return test -> {
            MeasuredTest.Share measured = measure.of(test);
            return measured.percent() <= max.doubleValue()
                    ? Optional.empty()
                    : Optional.of(what + ": wanted at most " + Percent.text(max) + ", measured "
                            + text(measured.percent(), max) + measured.detail());
        };
    }

    /**
     * @param max ms
     * @param measure gives ms, not a number if it is not known
     */
    static Threshold maxMillis(String what, BigDecimal max, Measure<Double> measure) {
        return test -> {
            double measured = measure.of(test);
            // what is not known is not met
            return measured <= max.doubleValue()
                    ? Optional.empty()
                    : Optional.of(what + ": wanted at most " + max.toPlainString() + " ms, measured "
                            + (Double.isNaN(measured)
                                    ? "nothing, because too few latency probes were answered, idle or under load"
                                    : text(measured, max.doubleValue())));
        };
    }

    private static String text(double measured, double max) {
        return Rtt.text(measured).equals(Rtt.text(max)) ? measured + " ms" : Rtt.text(measured);
    }

    /** Short, unless that would read like what was wanted. */
    private static String text(double measured, long min) {
        if (Double.isNaN(measured)) {
            return "nothing, because the peer did not report what arrived";
        }
        return Rate.format(measured).equals(Rate.format((double) min))
                ? Rate.formatExactly((long) measured)
                : Rate.format(measured);
    }

    private static String text(double measured, BigDecimal max) {
        if (Double.isNaN(measured)) {
            return "nothing";
        }
        String text = Percent.format(measured);
        return text.equals(Percent.format(max.doubleValue())) ? Percent.text(BigDecimal.valueOf(measured)) : text;
    }
}

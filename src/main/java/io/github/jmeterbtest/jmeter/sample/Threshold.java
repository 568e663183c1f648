package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.jmeter.BandwidthAssertion;
import io.github.jmeterbtest.protocol.Rate;
import java.math.BigDecimal;
import java.util.Optional;

/** What one field of a {@link BandwidthAssertion} demands of a test. */
@FunctionalInterface
public interface Threshold {
    /**
     * @return what was wanted and what was measured instead, or nothing if the demand is met
     * @throws BtestException if this kind of test does not tell, saying why
     */
    Optional<String> unmet(MeasuredTest test) throws BtestException;

    /** Takes one number out of a test, if the test tells it. */
    @FunctionalInterface
    interface Measure<T> {
        /** @throws BtestException if this kind of test does not tell, saying why */
        T of(MeasuredTest test) throws BtestException;
    }

    /** @param least bit/s; 0 is met by every test */
    static Threshold minRate(String what, long least, Measure<Double> measure) {
        if (least == 0) {
            return test -> Optional.empty();
        }
        return test -> {
            double measured = measure.of(test);
            // what is not known is not met
            return measured >= least
                    ? Optional.empty()
                    : Optional.of(what + ": wanted at least " + Rate.formatExactly(least) + ", measured "
                            + text(measured, least));
        };
    }

    static Threshold maxPercent(String what, BigDecimal most, Measure<MeasuredTest.Share> measure) {
        return test -> {
            MeasuredTest.Share measured = measure.of(test);
            return measured.percent() <= most.doubleValue()
                    ? Optional.empty()
                    : Optional.of(what + ": wanted at most " + Percent.text(most) + ", measured "
                            + text(measured.percent(), most) + measured.detail());
        };
    }

    /** Short, unless that would read like what was wanted. */
    private static String text(double measured, long least) {
        if (Double.isNaN(measured)) {
            return "nothing, because the peer did not report what arrived";
        }
        return Rate.format(measured).equals(Rate.format((double) least))
                ? Rate.formatExactly((long) measured)
                : Rate.format(measured);
    }

    private static String text(double measured, BigDecimal most) {
        if (Double.isNaN(measured)) {
            return "nothing";
        }
        String text = Percent.format(measured);
        return text.equals(Percent.format(most.doubleValue())) ? Percent.text(BigDecimal.valueOf(measured)) : text;
    }
}

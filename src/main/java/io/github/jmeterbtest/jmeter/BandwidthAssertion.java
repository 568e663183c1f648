package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.jmeter.field.Fields;
import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.jmeter.sample.FinalSample;
import io.github.jmeterbtest.jmeter.sample.MeasuredTest;
import io.github.jmeterbtest.jmeter.sample.ReportFormatException;
import io.github.jmeterbtest.jmeter.sample.ReportedTest;
import io.github.jmeterbtest.jmeter.sample.Threshold;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.jmeter.assertions.Assertion;
import org.apache.jmeter.assertions.AssertionResult;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.testelement.AbstractTestElement;

/**
 * MikroTik Bandwidth Assertion: fails a sample of {@link BandwidthTestSampler} or {@link ServerSessionSampler} that is
 * too slow, loses too much, finds the peer too busy or the queues too long, and says what was wanted and what was
 * measured.
 *
 * <p>An unmet field is a failure, and so is a test that failed itself. An error is what the user has to mend: a wrong
 * value, no field at all, a field that this kind of test cannot measure, a sample that is none of ours. Both make the
 * sample fail.
 */
public class BandwidthAssertion extends AbstractTestElement implements Assertion, Serializable {
    private static final long serialVersionUID = 1L;

    /** Minimum average rate received, bit/s, such as 900M; empty or 0 for no check. */
    public static final String MIN_RX_SPEED = "BandwidthAssertion.minRxSpeed";
    /** Minimum average rate sent, as it arrived at the peer where the peer says so; bit/s, empty or 0 for no check. */
    public static final String MIN_TX_SPEED = "BandwidthAssertion.minTxSpeed";
    /** Minimum rate received in any interval that counts, bit/s; empty or 0 for no check. */
    public static final String MIN_INTERVAL_RX_SPEED = "BandwidthAssertion.minIntervalRxSpeed";
    /** Minimum rate sent in any interval that counts, as it arrived where known; bit/s, empty or 0 for no check. */
    public static final String MIN_INTERVAL_TX_SPEED = "BandwidthAssertion.minIntervalTxSpeed";
    /**
     * Maximum share of the datagrams to this end that the link lost, percent, 0..100, decimals allowed; empty for no
     * check.
     */
    public static final String MAX_LOSS = "BandwidthAssertion.maxLoss";
    /** Highest CPU load of the peer in any interval that counts, percent, 0..100; empty for no check. */
    public static final String MAX_REMOTE_CPU = "BandwidthAssertion.maxRemoteCpu";

    /** Highest median latency during the test, ms, decimals allowed; empty for no check. */
    public static final String MAX_LOADED_LATENCY = "BandwidthAssertion.maxLoadedLatency";
    /** Highest increase of the median latency from idle to loaded, ms, decimals allowed; empty for no check. */
    public static final String MAX_LATENCY_INCREASE = "BandwidthAssertion.maxLatencyIncrease";

    /** Every property of this element, in the order of its form. */
    public static final List<FormField> FIELDS = List.of(
            FormField.text("rates", MIN_RX_SPEED, ""),
            FormField.text("rates", MIN_TX_SPEED, ""),
            FormField.text("rates", MIN_INTERVAL_RX_SPEED, ""),
            FormField.text("rates", MIN_INTERVAL_TX_SPEED, ""),
            FormField.text("lossAndCpu", MAX_LOSS, ""),
            FormField.text("lossAndCpu", MAX_REMOTE_CPU, ""),
            FormField.text("latency", MAX_LOADED_LATENCY, ""),
            FormField.text("latency", MAX_LATENCY_INCREASE, ""));

    @Override
    public AssertionResult getResult(SampleResult sample) {
        List<String> unmet = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        boolean failed = FinalSample.isFailed(sample);
        try {
            List<Threshold> thresholds = thresholds();
            if (failed) {
                unmet.add(reason(sample));
            } else {
                check(thresholds, measured(sample), unmet, errors);
            }
        } catch (BtestException e) {
            errors.add(failed ? reason(sample) + "; " + e.getMessage() : e.getMessage());
        }
        return result(unmet, errors);
    }

    private static String reason(SampleResult failed) {
        return "nothing to check, because the test failed with " + failed.getResponseCode() + ": "
                + failed.getResponseMessage();
    }

    private static void check(List<Threshold> thresholds, MeasuredTest test, List<String> unmet, List<String> errors) {
        for (Threshold threshold : thresholds) {
            try {
                threshold.unmet(test).ifPresent(unmet::add);
            } catch (BtestException e) {
                errors.add(e.getMessage());
            }
        }
    }

    private AssertionResult result(List<String> unmet, List<String> errors) {
        AssertionResult result = new AssertionResult(getName());
        result.setFailure(!unmet.isEmpty());
        result.setError(!errors.isEmpty());
        if (result.isFailure() || result.isError()) {
            unmet.addAll(errors);
            result.setFailureMessage(String.join("; ", unmet));
        }
        return result;
    }

    private static MeasuredTest measured(SampleResult sample) throws BtestException {
        try {
            return new MeasuredTest(ReportedTest.of(sample));
        } catch (ReportFormatException e) {
            throw new BtestException(
                    ErrorKind.INVALID_OPTION,
                    "\"" + sample.getSampleLabel()
                            + "\" is not a sample of a MikroTik Bandwidth Test or Server Session with JSON ("
                            + e.getMessage() + "); place the assertion below such a sampler",
                    e);
        }
    }

    private List<Threshold> thresholds() throws BtestException {
        Fields fields = new Fields(this, FIELDS);
        List<Threshold> thresholds = new ArrayList<>();
        add(thresholds, "receive rate", fields.rate(MIN_RX_SPEED), MeasuredTest::averageRx);
        add(thresholds, "transmit rate", fields.rate(MIN_TX_SPEED), MeasuredTest::averageTx);
        add(
                thresholds,
                "receive rate of the slowest interval",
                fields.rate(MIN_INTERVAL_RX_SPEED),
                MeasuredTest::minimumRx);
        add(
                thresholds,
                "transmit rate of the slowest interval",
                fields.rate(MIN_INTERVAL_TX_SPEED),
                MeasuredTest::minimumTx);
        add(thresholds, "loss", fields.percent(MAX_LOSS), MeasuredTest::loss);
        add(thresholds, "remote CPU", fields.percent(MAX_REMOTE_CPU), MeasuredTest::highestRemoteCpu);
        fields.decimalMillis(MAX_LOADED_LATENCY)
                .ifPresent(max ->
                        thresholds.add(Threshold.maxMillis("latency under load", max, MeasuredTest::loadedLatency)));
        fields.decimalMillis(MAX_LATENCY_INCREASE)
                .ifPresent(max ->
                        thresholds.add(Threshold.maxMillis("latency increase", max, MeasuredTest::latencyIncrease)));
        if (thresholds.isEmpty()) {
            throw new BtestException(
                    ErrorKind.INVALID_OPTION,
                    "nothing to check; fill in at least one field,"
                            + " or set a minimum rate to 0 if nothing is to be checked");
        }
        return thresholds;
    }

    private static void add(
            List<Threshold> thresholds, String what, OptionalLong minRate, Threshold.Measure<Double> measure) {
        minRate.ifPresent(min -> thresholds.add(Threshold.minRate(what, min, measure)));
    }

    private static void add(
            List<Threshold> thresholds,
            String what,
            Optional<BigDecimal> maxPercent,
            Threshold.Measure<MeasuredTest.Share> measure) {
        maxPercent.ifPresent(max -> thresholds.add(Threshold.maxPercent(what, max, measure)));
    }
}

package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.search.GoalResult;
import io.github.jmeterbtest.protocol.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.jmeter.assertions.AssertionResult;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.threads.JMeterVariables;

/** The sample that ends a search. It has no bytes: the samples of its trials have them. */
public final class SearchSample {
    /** What the names of all variables of a search begin with. */
    static final String VARIABLES = "btest_search_";

    private static final String MIN_RATE = "Minimum rate";

    private SearchSample() {}

    /**
     * @param failure what ended the search, or that of a packet size
     * @param request what was searched for, without any secret
     */
    public static SampleResult of(
            SearchReport report,
            Optional<SearchReport.Problem> failure,
            FinalSample.Span span,
            String label,
            String request) {
        String found = SearchText.of(report);
        String message =
                failure.map(problem -> problem.message() + (report.allSizes() ? "; found: " : "; until then: "))
                                .orElse("")
                        + found
                        + (failure.isPresent() || report.finished() ? "" : "; not finished");
        SampleResult sample = FinalSample.sample(span, label, request);
        sample.setSuccessful(failure.isEmpty());
        sample.setResponseCodeOK();
        failure.ifPresent(problem -> sample.setResponseCode(problem.code()));
        sample.setResponseMessage(message);
        sample.setResponseData(
                SearchJson.of(report, failure.map(SearchReport.Problem::code).orElse("OK"), message));
        sample.setDataEncoding("UTF-8");
        sample.setContentType("application/json");
        FinalSample.setBytes(sample, 0);
        return sample;
    }

    /** Fails the sample if the rate at the lowest accepted loss is too low, or not found, for any size. */
    public static void requireRate(SampleResult sample, SearchReport report, OptionalLong minimum) {
        if (minimum.isEmpty() || minimum.getAsLong() == 0) {
            return;
        }
        List<String> problems = new ArrayList<>();
        for (SearchReport.OfSize size : report.sizes()) {
            GoalResult goal = size.result().goals().get(0);
            String wanted = "packets of " + size.size().bytes() + " bytes, " + SearchText.name(goal.acceptedLoss())
                    + ": wanted at least " + Rate.formatExactly(minimum.getAsLong()) + ", measured ";
            double rate = goal.provenBitsPerSecond().orElse(0);
            if (!goal.finished()) {
                problems.add(wanted + (goal.best().isEmpty() ? "nothing" : SearchText.rate(rate))
                        + " so far, but the search is not finished");
            } else if (rate < minimum.getAsLong()) {
                problems.add(wanted
                        + (goal.best().isEmpty() ? "below the lowest rate" : tooLow(rate, minimum.getAsLong()))
                        + SearchText.limitedBy(goal));
            }
        }
        if (!report.allSizes()) {
            problems.add("not all packet sizes were searched for");
        }
        if (!problems.isEmpty()) {
            fail(sample, MIN_RATE, String.join("; ", problems));
        }
    }

    /** With all digits where a rounded one would read as enough. */
    private static String tooLow(double rate, long minimum) {
        String rounded = SearchText.rate(rate);
        return rounded.equals(SearchText.rate((double) minimum)) ? Rate.formatExactly((long) rate) : rounded;
    }

    /** Fails a sample as an assertion does. */
    public static void fail(SampleResult sample, String name, String message) {
        AssertionResult result = new AssertionResult(name);
        result.setFailure(true);
        result.setFailureMessage(message);
        sample.addAssertionResult(result);
        sample.setSuccessful(false);
    }

    /** Removes the variables of a search before. */
    public static void removeVariables(JMeterVariables variables) {
        List.copyOf(variables.entrySet()).stream()
                .map(Map.Entry::getKey)
                .filter(name -> name.startsWith(VARIABLES))
                .forEach(variables::remove);
    }

    /** Sets the variables of a search, such as {@code btest_search_1518_ndr_mbps}. */
    public static void setVariables(JMeterVariables variables, SearchReport report) {
        variables.put(VARIABLES + "finished", Boolean.toString(report.finished()));
        variables.put(VARIABLES + "trials", Integer.toString(report.trials()));
        for (SearchReport.OfSize size : report.sizes()) {
            for (GoalResult goal : size.result().goals()) {
                String name = goal.acceptedLoss() == 0 ? "ndr" : "pdr_" + SearchText.percent(goal.acceptedLoss());
                goal.throughputBitsPerSecond()
                        .ifPresent(rate -> variables.put(
                                VARIABLES + size.size().bytes() + '_' + name + "_mbps", SearchText.megabits(rate)));
            }
        }
    }
}

package io.github.jmeterbtest.jmeter.chart;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * All that a chart shows at one moment: one run, or several over each other.
 *
 * @param axis what the times count from
 * @param extent the times that the plots cover, ms on the axis; nothing if there is no line
 * @param runs names of the runs that are shown, the newest last
 * @param curves the sums, then the lines
 * @param searches the lines over the packet size, the newest first; none on another axis
 * @param stepMillis the longest step of a line, ms
 * @param tests those of the runs that are shown, in the order of their start
 * @param testsForgotten tests that are no longer in the list
 */
public record ChartScene(
        ChartAxis axis,
        ChartExtent extent,
        List<String> runs,
        List<ChartCurve> curves,
        List<SizeCurve> searches,
        long stepMillis,
        List<ShownTest> tests,
        long testsForgotten) {

    /** Before the first test. */
    static final ChartScene EMPTY =
            new ChartScene(ChartAxis.RUN, ChartExtent.NOTHING, List.of(), List.of(), List.of(), 1000, List.of(), 0);

    /**
     * A row of the table.
     *
     * @param run name of its run
     * @param row what is known of it
     */
    public record ShownTest(String run, ChartRow row) {}

    /** {@return whether there is no line to show} */
    public boolean isEmpty() {
        return isOverSize() ? searches.isEmpty() : extent.isNothing();
    }

    /** {@return whether the rates of searches are shown over the packet size, and nothing over time} */
    boolean isOverSize() {
        return axis == ChartAxis.PACKET_SIZE;
    }

    /** {@return those of all searches, bytes, smallest first} */
    List<Integer> packetSizes() {
        return searches.stream()
                .flatMap(curve -> curve.rates().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** {@return the key of the text that says why there is no line} */
    String whyEmpty() {
        if (isOverSize()) {
            return "throughputChart.noSearch";
        }
        return tests.isEmpty() ? "throughputChart.empty" : "throughputChart.noData";
    }

    /** {@return the test that failed last} */
    public Optional<ShownTest> newestFailure() {
        return tests.stream()
                .filter(test -> test.row().isFailed())
                .max(Comparator.comparingLong(test -> test.row().endMillis()));
    }

    /** {@return how the lines of a run are drawn; nothing if it has none} */
    OptionalInt ageOf(String run) {
        return isOverSize()
                ? searches.stream()
                        .filter(curve -> curve.run().equals(run))
                        .mapToInt(SizeCurve::age)
                        .min()
                : curves.stream()
                        .filter(curve -> curve.run().equals(run))
                        .mapToInt(ChartCurve::age)
                        .min();
    }

    boolean hasSeveralRuns() {
        return runs.size() > 1;
    }

    /** {@return the name of a line, with that of its run where several are shown} */
    String nameOf(String line, String run) {
        return hasSeveralRuns() ? line + " · " + run : line;
    }

    /** {@return whether datagrams can be lost on their way to this machine} */
    boolean canLose() {
        return tests.stream().anyMatch(test -> test.row().canLose()) || isUsed(ChartLine.Values::lostPerSecond);
    }

    /** {@return whether anything flowed that way} */
    boolean isUsed(Function<ChartLine.Values, double[]> way) {
        return curves.stream().anyMatch(curve -> ChartLine.isUsed(way.apply(curve.values())));
    }
}

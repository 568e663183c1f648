package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import io.github.jmeterbtest.jmeter.sample.Percent;
import io.github.jmeterbtest.jmeter.sample.Rtt;
import io.github.jmeterbtest.jmeter.sample.Volume;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import org.apache.commons.lang3.StringUtils;

/** The columns of the table of tests. */
enum ChartColumn {
    TEST("test", (test, unit) -> Cell.text(test.row().name())),
    RUN("runColumn", (test, unit) -> Cell.text(test.run())),
    PROTOCOL("protocol", (test, unit) -> Cell.text(protocol(test.row()))),
    DIRECTION("direction", (test, unit) -> Cell.text(test.row().direction())),
    RESULT("result", (test, unit) -> Cell.text(test.row().result())),
    LEFT("left", (test, unit) -> left(test.row())),
    CURRENT("current", (test, unit) -> rates(test.row(), test.row().rates().current(), unit)),
    RECENT("recent", (test, unit) -> rates(test.row(), test.row().rates().recent(), unit)),
    AVERAGE("average", (test, unit) -> rates(test.row(), test.row().rates().average(), unit)),
    MINIMUM("minimum", (test, unit) -> rates(test.row(), test.row().rates().minimum(), unit)),
    MAXIMUM("maximum", (test, unit) -> rates(test.row(), test.row().rates().maximum(), unit)),
    VOLUME("volume", (test, unit) -> volume(test.row())),
    LOST("lostPackets", (test, unit) -> lost(test.row())),
    LOSS("loss", (test, unit) -> loss(test.row())),
    LATENCY("latency", (test, unit) -> latency(test.row())),
    LOCAL_CPU("localCpu", (test, unit) -> percent(test.row().localCpu())),
    REMOTE_CPU("remoteCpu", (test, unit) -> percent(test.row().remoteCpu()));

    private final String key;
    private final BiFunction<ChartScene.ShownTest, RateUnit, Cell> cell;

    ChartColumn(String name, BiFunction<ChartScene.ShownTest, RateUnit, Cell> cell) {
        this.key = "throughputChart." + name;
        this.cell = cell;
    }

    Cell cell(ChartScene.ShownTest test, RateUnit unit) {
        return cell.apply(test, unit);
    }

    /** {@return its name alone, as the list of columns shows it} */
    String title() {
        return Messages.text(key);
    }

    /** {@return its name, and below it the unit} */
    String head(RateUnit unit) {
        return isRate() ? title() + "\n" + unit.word() : title().replaceFirst(" ", "\n");
    }

    /** {@return what the numbers mean} */
    String tip() {
        String explained = Messages.text(key + ".tip");
        return isRate() ? explained + " " + Messages.text("throughputChart.rates.tip") : explained;
    }

    boolean isRate() {
        return this == CURRENT || this == RECENT || this == AVERAGE || this == MINIMUM || this == MAXIMUM;
    }

    /** {@return whether it holds text, which begins at the left} */
    boolean isText() {
        return EnumSet.range(TEST, RESULT).contains(this);
    }

    /**
     * What a cell shows, and what it is sorted by.
     *
     * @param text as shown; empty if nothing is known
     * @param number where the column is sorted by numbers
     */
    record Cell(String text, double number) implements Comparable<Cell> {
        private static final Cell EMPTY = new Cell("", -1);

        static Cell text(String text) {
            return new Cell(text, 0);
        }

        @Override
        public int compareTo(Cell other) {
            int byNumber = Double.compare(number, other.number);
            return byNumber != 0 ? byNumber : text.compareToIgnoreCase(other.text);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Idle and under load, or what is known of them. */
    private static Cell latency(ChartRow row) {
        return row.rtt()
                .map(rtt -> new Cell(
                        rtt.idleMillis()
                                        .filter(idle -> !Double.isNaN(idle))
                                        .map(idle -> Rtt.digits(idle) + " / ")
                                        .orElse("")
                                + Rtt.digits(rtt.loadedMillis()),
                        Double.isNaN(rtt.loadedMillis()) ? Double.MAX_VALUE : rtt.loadedMillis()))
                .orElse(Cell.EMPTY);
    }

    private static String protocol(ChartRow row) {
        return row.protocol() == null ? "" : row.protocol().word();
    }

    private static Cell left(ChartRow row) {
        return row.leftMillis() == null
                ? Cell.EMPTY
                : new Cell(ChartTimes.length(row.leftMillis() + 999), row.leftMillis());
    }

    /** Received and sent, of the directions that a test has. */
    private static Cell rates(ChartRow row, ChartRates rates, RateUnit unit) {
        if (rates == null) {
            return Cell.EMPTY;
        }
        double sent = Double.isNaN(rates.txBitsPerSecond()) ? 0 : rates.txBitsPerSecond();
        return both(
                row,
                unit.format(rates.rxBitsPerSecond()),
                unit.format(rates.txBitsPerSecond()),
                rates.rxBitsPerSecond() + sent);
    }

    private static Cell volume(ChartRow row) {
        String received = Volume.format(row.rxBytes());
        String sent = Volume.format(row.txBytes());
        String unit = sent.substring(sent.indexOf(' '));
        boolean sameUnit = row.receives() && row.transmits() && received.endsWith(unit);
        return both(
                row,
                sameUnit ? StringUtils.removeEnd(received, unit) : received,
                sent,
                (double) row.rxBytes() + row.txBytes());
    }

    private static Cell both(ChartRow row, String received, String sent, double sum) {
        if (row.receives() && row.transmits()) {
            return new Cell(received + " / " + sent, sum);
        }
        return row.receives() || row.transmits() ? new Cell(row.receives() ? received : sent, sum) : Cell.EMPTY;
    }

    /** Where nothing can be lost, or it is not known, there is no number. */
    private static Cell lost(ChartRow row) {
        boolean unknown = row.protocol() == null && row.receives();
        return row.canLose() || unknown ? new Cell(Long.toString(row.lost()), row.lost()) : Cell.EMPTY;
    }

    private static Cell loss(ChartRow row) {
        return Double.isNaN(row.lossPercent())
                ? Cell.EMPTY
                : new Cell(Percent.format(row.lossPercent()).replace(" %", ""), row.lossPercent());
    }

    private static Cell percent(Integer percent) {
        return Objects.isNull(percent) ? Cell.EMPTY : new Cell(String.format(Locale.ROOT, "%d", percent), percent);
    }
}

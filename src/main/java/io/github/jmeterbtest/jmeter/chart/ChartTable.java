package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.Component;
import java.awt.Graphics;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.swing.Icon;
import javax.swing.JTable;
import javax.swing.SwingConstants;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.JTableHeader;
import javax.swing.table.TableColumn;
import org.apache.jmeter.util.JMeterUtils;

/** The table of tests beside a chart: those that run first, then the newest. */
public final class ChartTable extends JTable {
    private static final long serialVersionUID = 1L;
    private static final String RATES_TIP = "throughputChart.rates.tip";
    private static final Comparator<ChartedTest.Row> RUNNING_THEN_NEWEST = Comparator.comparing(
                    ChartedTest.Row::isRunning, Comparator.reverseOrder())
            .thenComparing(ChartedTest.Row::startMillis, Comparator.reverseOrder());

    /** @param compared whether cells are sorted by what they are, else by their text */
    private record Column(String key, int width, boolean compared, Function<ChartedTest.Row, Object> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("throughputChart.test", 115, false, ChartedTest.Row::name),
            new Column("throughputChart.direction", 72, false, ChartTable::direction),
            new Column("throughputChart.result", 72, false, ChartedTest.Row::result),
            new Column("throughputChart.current", 88, true, row -> RatesCell.of(row, row.current())),
            new Column("throughputChart.average", 88, true, row -> RatesCell.of(row, row.average())),
            new Column("throughputChart.minimum", 88, true, row -> RatesCell.of(row, row.minimum())),
            new Column("throughputChart.lostPackets", 42, true, ChartedTest.Row::lost),
            new Column(
                    "throughputChart.remoteCpu",
                    88,
                    true,
                    row -> new CpuCell(Optional.ofNullable(row.remoteCpu()).orElse(-1))));

    private final Rows rows;
    private transient ChartColours colours;

    /** @param colours those of the chart's lines */
    public ChartTable(ChartColours colours) {
        super(new Rows());
        this.colours = colours;
        rows = (Rows) getModel();
        setAutoCreateRowSorter(true);
        setAutoResizeMode(AUTO_RESIZE_SUBSEQUENT_COLUMNS);
        setFillsViewportHeight(true);
        JMeterUtils.applyHiDPI(this);
        for (int i = 0; i < COLUMNS.size(); i++) {
            TableColumn column = getColumnModel().getColumn(i);
            column.setPreferredWidth(COLUMNS.get(i).width());
            column.setCellRenderer(i == 0 ? new NameRenderer() : renderer(COLUMNS.get(i)));
        }
        getTableHeader().setReorderingAllowed(false);
    }

    private static DefaultTableCellRenderer renderer(Column column) {
        DefaultTableCellRenderer renderer = new DefaultTableCellRenderer();
        renderer.setHorizontalAlignment(column.compared() ? SwingConstants.RIGHT : SwingConstants.LEADING);
        return renderer;
    }

    /**
     * Replaces the rows. Swing's thread only.
     *
     * @param tests in any order
     * @param look colours of the chart's lines
     */
    public void show(List<ChartedTest.Row> tests, ChartColours look) {
        colours = look;
        rows.rows = tests.stream().sorted(RUNNING_THEN_NEWEST).toList();
        rows.fireTableDataChanged();
    }

    @Override
    protected JTableHeader createDefaultTableHeader() {
        JTableHeader header = new JTableHeader(getColumnModel());
        header.setToolTipText(Messages.text(RATES_TIP));
        return header;
    }

    static String direction(ChartedTest.Row row) {
        return row.receives() ? row.transmits() ? "both" : "receive" : row.transmits() ? "transmit" : "";
    }

    /** Mbit/s of the directions that a test has. */
    record RatesCell(double sum, String text) implements Comparable<RatesCell> {
        static RatesCell of(ChartedTest.Row row, ChartRates rates) {
            if (rates == null || (!row.receives() && !row.transmits())) {
                return new RatesCell(-1, "");
            }
            String rx = megabits(rates.rxBitsPerSecond());
            String tx = megabits(rates.txBitsPerSecond());
            double sent = Double.isNaN(rates.txBitsPerSecond()) ? 0 : rates.txBitsPerSecond();
            return new RatesCell(
                    rates.rxBitsPerSecond() + sent,
                    row.receives() && row.transmits() ? rx + " / " + tx : row.receives() ? rx : tx);
        }

        private static String megabits(double bitsPerSecond) {
            if (Double.isNaN(bitsPerSecond)) {
                return "?";
            }
            double megabits = bitsPerSecond / 1e6;
            return String.format(
                    Locale.ROOT, megabits >= 10 || megabits == 0 ? "%.1f" : megabits >= 1 ? "%.2f" : "%.3f", megabits);
        }

        @Override
        public int compareTo(RatesCell other) {
            return Double.compare(sum, other.sum);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** @param percent -1 if it is not known */
    private record CpuCell(int percent) implements Comparable<CpuCell> {
        @Override
        public int compareTo(CpuCell other) {
            return Integer.compare(percent, other.percent);
        }

        @Override
        public String toString() {
            return percent < 0 ? "" : percent + " %";
        }
    }

    private static final class Rows extends AbstractTableModel {
        private static final long serialVersionUID = 1L;
        private transient List<ChartedTest.Row> rows = List.of();

        @Override
        public int getRowCount() {
            return rows.size();
        }

        @Override
        public int getColumnCount() {
            return COLUMNS.size();
        }

        @Override
        public String getColumnName(int column) {
            return Messages.text(COLUMNS.get(column).key());
        }

        @Override
        public Class<?> getColumnClass(int column) {
            return COLUMNS.get(column).compared() ? Comparable.class : String.class;
        }

        @Override
        public Object getValueAt(int row, int column) {
            return COLUMNS.get(column).value().apply(rows.get(row));
        }
    }

    /** The name behind the colour of its line; the thread as the tool tip. */
    private final class NameRenderer extends DefaultTableCellRenderer {
        private static final long serialVersionUID = 1L;

        @Override
        public Component getTableCellRendererComponent(
                JTable table, Object value, boolean selected, boolean focus, int row, int column) {
            super.getTableCellRendererComponent(table, value, selected, focus, row, column);
            ChartedTest.Row test = rows.rows.get(table.convertRowIndexToModel(row));
            setIcon(new Chip(test.line(), getFontMetrics(getFont()).getAscent() - 2));
            setToolTipText(test.thread());
            return this;
        }
    }

    private final class Chip implements Icon {
        private final int line;
        private final int size;

        private Chip(int line, int size) {
            this.line = line;
            this.size = size;
        }

        @Override
        public void paintIcon(Component component, Graphics graphics, int x, int y) {
            graphics.setColor(colours.ofLine(line));
            graphics.fillRoundRect(x, y, size, size, size / 2, size / 2);
        }

        @Override
        public int getIconWidth() {
            return size;
        }

        @Override
        public int getIconHeight() {
            return size;
        }
    }
}

package io.github.jmeterbtest.jmeter.chart;

import java.awt.Color;
import java.awt.Component;
import java.awt.Point;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.swing.JCheckBoxMenuItem;
import javax.swing.JPopupMenu;
import javax.swing.JTable;
import javax.swing.SwingConstants;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.JTableHeader;
import javax.swing.table.TableCellRenderer;
import javax.swing.table.TableColumn;
import org.apache.jmeter.util.JMeterUtils;

/**
 * The table of tests below a chart: those that run first, then the newest. A column grows with what is in it, until the
 * user gives it a width.
 */
public final class ChartTable extends JTable {
    private static final long serialVersionUID = 1L;
    private static final List<ChartColumn> ALL = List.of(ChartColumn.values());
    private static final int MARGIN = 5;
    private static final int MAX_AUTO_WIDTH = 220;
    private static final Comparator<ChartScene.ShownTest> RUNNING_THEN_NEWEST = Comparator.comparing(
                    (ChartScene.ShownTest test) -> test.row().isRunning(), Comparator.reverseOrder())
            .thenComparing(
                    test -> test.row().isRunning()
                            ? test.row().startMillis()
                            : test.row().endMillis(),
                    Comparator.reverseOrder());

    private final Rows rows;
    private final Map<ChartColumn, TableColumn> columns = new EnumMap<>(ChartColumn.class);
    private final Set<ChartColumn> hidden = EnumSet.of(ChartColumn.LOST); // its share tells more
    private final Map<ChartColumn, Integer> grown = new EnumMap<>(ChartColumn.class);
    private transient Set<ChartColumn> used = Set.of();
    private transient List<String> runs = List.of();

    /** An empty table. */
    public ChartTable() {
        super(new Rows());
        rows = (Rows) getModel();
        setAutoCreateRowSorter(true);
        setAutoResizeMode(AUTO_RESIZE_OFF);
        setFillsViewportHeight(true);
        setSelectionMode(javax.swing.ListSelectionModel.SINGLE_SELECTION);
        JMeterUtils.applyHiDPI(this);
        for (int i = 0; i < ALL.size(); i++) {
            ChartColumn column = ALL.get(i);
            TableColumn shown = getColumnModel().getColumn(i);
            shown.setIdentifier(column);
            shown.setCellRenderer(new CellRenderer(column));
            shown.setHeaderRenderer(new HeadRenderer());
            columns.put(column, shown);
        }
        getTableHeader().setReorderingAllowed(false);
        getTableHeader().setComponentPopupMenu(columnMenu());
        show(ChartScene.EMPTY);
    }

    /** {@return a menu that hides columns and shows them again} */
    public JPopupMenu columnMenu() {
        JPopupMenu menu = new JPopupMenu();
        for (ChartColumn column : ALL) {
            if (column == ChartColumn.TEST || column == ChartColumn.RUN) {
                continue; // the one is always needed, the other comes and goes with the runs
            }
            JCheckBoxMenuItem item = new JCheckBoxMenuItem(column.title(), !hidden.contains(column));
            item.addActionListener(event -> setHidden(column, !item.isSelected()));
            menu.add(item);
        }
        return menu;
    }

    /** Hides a column, or shows it again with the width that it had. */
    void setHidden(ChartColumn column, boolean hide) {
        if (hide ? hidden.add(column) : hidden.remove(column)) {
            arrangeColumns();
            getTableHeader().setComponentPopupMenu(columnMenu());
        }
    }

    private void arrangeColumns() {
        columns.values().forEach(getColumnModel()::removeColumn);
        columns.forEach((column, shown) -> {
            if (!hidden.contains(column) && used.contains(column)) {
                getColumnModel().addColumn(shown);
            }
        });
    }

    /**
     * Replaces the rows; a selected test stays so. Swing's thread only.
     *
     * @param scene has the tests
     */
    public void show(ChartScene scene) {
        Optional<ChartScene.ShownTest> selected = selected();
        rows.tests = scene.tests().stream().sorted(RUNNING_THEN_NEWEST).toList();
        rows.unit = RateUnit.upTo(rows.tests.stream()
                .mapToDouble(test -> test.row().highestBitsPerSecond())
                .max()
                .orElse(0));
        rows.fireTableDataChanged();
        useColumns(scene);
        growColumns();
        getTableHeader().repaint();
        selected.ifPresent(this::select);
        Optional.ofNullable(getParent()).ifPresent(behind -> behind.setBackground(getBackground()));
    }

    /** A column that is empty for all tests is left out, and stays once it was needed as long as the runs do. */
    private void useColumns(ChartScene scene) {
        EnumSet<ChartColumn> needed = EnumSet.noneOf(ChartColumn.class);
        if (runs.equals(scene.runs())) {
            needed.addAll(used);
        }
        for (ChartColumn column : EnumSet.complementOf(needed)) {
            boolean told = rows.tests.stream()
                    .anyMatch(test -> !column.cell(test, rows.unit).text().isEmpty());
            if (column == ChartColumn.RUN ? scene.hasSeveralRuns() : told || rows.tests.isEmpty()) {
                needed.add(column);
            }
        }
        runs = scene.runs();
        if (!needed.equals(used)) {
            used = needed;
            arrangeColumns();
        }
    }

    /** {@return the test whose row is selected} */
    public Optional<ChartScene.ShownTest> selected() {
        int row = getSelectedRow();
        return row < 0 ? Optional.empty() : Optional.of(rows.tests.get(convertRowIndexToModel(row)));
    }

    private void select(ChartScene.ShownTest test) {
        for (int i = 0; i < rows.tests.size(); i++) {
            ChartScene.ShownTest other = rows.tests.get(i);
            if (other.run().equals(test.run()) && other.row().isSameTest(test.row())) {
                int row = convertRowIndexToView(i);
                setRowSelectionInterval(row, row);
                return;
            }
        }
    }

    /** Only what is to be seen counts, as thousands of rows would take long. */
    private void growColumns() {
        for (int i = 0; i < getColumnCount(); i++) {
            TableColumn shown = getColumnModel().getColumn(i);
            ChartColumn column = (ChartColumn) shown.getIdentifier();
            boolean ofUser = grown.containsKey(column) && shown.getPreferredWidth() != grown.get(column);
            if (!ofUser) {
                int width = Math.max(grown.getOrDefault(column, 0), Math.min(MAX_AUTO_WIDTH, widthOf(i, shown)));
                shown.setPreferredWidth(width);
                shown.setWidth(width);
                grown.put(column, width);
            }
        }
    }

    private int widthOf(int index, TableColumn column) {
        Component head = column.getHeaderRenderer()
                .getTableCellRendererComponent(this, column.getHeaderValue(), false, false, -1, index);
        int width = head.getPreferredSize().width;
        for (int row = 0; row < Math.min(getRowCount(), 100); row++) {
            width = Math.max(
                    width,
                    prepareRenderer(getCellRenderer(row, index), row, index).getPreferredSize().width);
        }
        return width + MARGIN;
    }

    /** What is cut, why a test failed, and in which thread it ran. */
    @Override
    public String getToolTipText(MouseEvent event) {
        Point point = event.getPoint();
        int row = rowAtPoint(point);
        int index = columnAtPoint(point);
        if (row < 0 || index < 0) {
            return null;
        }
        ChartScene.ShownTest test = rows.tests.get(convertRowIndexToModel(row));
        ChartColumn column = (ChartColumn) getColumnModel().getColumn(index).getIdentifier();
        if (column == ChartColumn.RESULT && test.row().isFailed()) {
            return ToolTips.wrapped(test.row().result() + ": " + test.row().reason());
        }
        String text = column.cell(test, rows.unit).text();
        if (column == ChartColumn.TEST) {
            return ToolTips.wrapped(text + "\n" + test.row().thread());
        }
        int needed = prepareRenderer(getCellRenderer(row, index), row, index).getPreferredSize().width;
        return needed > getColumnModel().getColumn(index).getWidth() ? ToolTips.wrapped(text) : null;
    }

    @Override
    protected JTableHeader createDefaultTableHeader() {
        return new JTableHeader(getColumnModel()) {
            private static final long serialVersionUID = 1L;

            @Override
            public String getToolTipText(MouseEvent event) {
                int index = columnAtPoint(event.getPoint());
                return index < 0
                        ? null
                        : tipOf((ChartColumn) columnModel.getColumn(index).getIdentifier());
            }
        };
    }

    private static String tipOf(ChartColumn column) {
        return ToolTips.wrapped(column.tip());
    }

    private static final class Rows extends AbstractTableModel {
        private static final long serialVersionUID = 1L;
        private transient List<ChartScene.ShownTest> tests = new ArrayList<>();
        private transient RateUnit unit = RateUnit.MBIT;

        @Override
        public int getRowCount() {
            return tests.size();
        }

        @Override
        public int getColumnCount() {
            return ALL.size();
        }

        @Override
        public String getColumnName(int column) {
            return ALL.get(column).title();
        }

        @Override
        public Class<?> getColumnClass(int column) {
            return ChartColumn.Cell.class;
        }

        @Override
        public Object getValueAt(int row, int column) {
            return ALL.get(column).cell(tests.get(row), unit);
        }
    }

    /** The name stands behind the colour of its line; the result of a failed test is red. */
    private final class CellRenderer extends DefaultTableCellRenderer {
        private static final long serialVersionUID = 1L;
        private final ChartColumn column;

        private CellRenderer(ChartColumn column) {
            this.column = column;
            setHorizontalAlignment(column.isText() ? SwingConstants.LEADING : SwingConstants.RIGHT);
        }

        @Override
        public Component getTableCellRendererComponent(
                JTable table, Object value, boolean selected, boolean focus, int row, int index) {
            super.getTableCellRendererComponent(table, value, selected, focus, row, index);
            ChartRow test = rows.tests.get(table.convertRowIndexToModel(row)).row();
            ChartColours colours = ChartColours.ofLook();
            Color text = selected ? table.getSelectionForeground() : table.getForeground();
            setForeground(column == ChartColumn.RESULT && test.isFailed() && !selected ? colours.failure() : text);
            setIcon(
                    column == ChartColumn.TEST && test.line() != ChartLine.NONE
                            ? new LineChip(
                                    colours.ofLine(test.line()),
                                    getFontMetrics(getFont()).getAscent() - 2)
                            : null);
            return this;
        }
    }

    /** Two lines: the name and the unit; behind them the sorting arrow of the look. */
    private final class HeadRenderer implements TableCellRenderer {
        @Override
        public Component getTableCellRendererComponent(
                JTable table, Object value, boolean selected, boolean focus, int row, int index) {
            ChartColumn column = (ChartColumn) getColumnModel().getColumn(index).getIdentifier();
            String head = "<html><center>" + column.head(rows.unit).replace("\n", "<br>");
            return getTableHeader()
                    .getDefaultRenderer()
                    .getTableCellRendererComponent(table, head, selected, focus, row, index);
        }
    }
}

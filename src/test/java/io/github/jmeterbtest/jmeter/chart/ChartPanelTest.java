package io.github.jmeterbtest.jmeter.chart;

import static io.github.jmeterbtest.jmeter.chart.ChartSamples.MEGA;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.T0;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.end;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.failure;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.interval;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.second;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.jmeter.FormTestJMeter;
import java.awt.Component;
import java.awt.Container;
import java.awt.Rectangle;
import java.awt.event.MouseEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.swing.JComboBox;
import javax.swing.SwingUtilities;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the user sees and does beside the plots themselves. */
class ChartPanelTest {
    private static final String REASON = "the server has been silent for 5 s; see the drop counter of its interface";

    private final ChartPanel panel = new ChartPanel(file -> {});
    private final ChartTable table = find(panel, ChartTable.class);
    private final FailureLine failure = find(panel, FailureLine.class);

    @BeforeAll
    static void startJMeter() {
        FormTestJMeter.start();
    }

    private static <T extends Component> T find(Container container, Class<T> type) {
        return all(container)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Component> all(Container container) {
        return Stream.of(container.getComponents())
                .flatMap(part ->
                        Stream.concat(Stream.of(part), part instanceof Container inner ? all(inner) : Stream.empty()));
    }

    private static void swing(Runnable action) throws Exception {
        SwingUtilities.invokeAndWait(action);
    }

    private void oneGoodOneBad() {
        panel.runs().runStarted("local");
        panel.runs().add(second("North", "1-1", T0, 5 * MEGA));
        panel.runs().add(end("North", "1-1", T0, T0 + 1000, "rx 5.0 Mbit/s, tx 0 bit/s, lost 0"));
        SampleResult bad = failure("South", "1-2", T0, T0 + 5000, "PEER_LOST");
        bad.setResponseMessage(REASON);
        panel.runs().add(bad);
        panel.showAnew();
    }

    private int row(String name) {
        return IntStream.range(0, table.getRowCount())
                .filter(row -> table.getValueAt(row, 0).toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private int column(ChartColumn column) {
        return table.getColumnModel().getColumnIndex(column);
    }

    private String toolTip(String test, ChartColumn column) {
        Rectangle cell = table.getCellRect(row(test), column(column), false);
        return table.getToolTipText(new MouseEvent(table, 0, 0, 0, cell.x + 1, cell.y + 1, 0, false));
    }

    @Test
    void aFailedTestTellsItsWholeReason() throws Exception {
        swing(() -> {
            oneGoodOneBad();
            assertThat(failure.isVisible()).isTrue();
            assertThat(failure.getText()).isEqualTo("South: PEER_LOST: " + REASON);
            assertThat(failure.getForeground()).isEqualTo(ChartColours.ofLook().failure());
            assertThat(toolTip("South", ChartColumn.RESULT)).contains(REASON);
            table.setRowSelectionInterval(row("North"), row("North"));
            assertThat(failure.isVisible()).as("the selected one passed").isFalse();
            table.setRowSelectionInterval(row("South"), row("South"));
            assertThat(failure.getText()).contains(REASON);
        });
    }

    @Test
    void withoutALineTheChartSaysWhetherThereWereTests() {
        assertThat(ChartScene.EMPTY.whyEmpty()).isEqualTo("throughputChart.empty");
        panel.runs().add(failure("South", "1-2", T0, T0 + 40, "AUTHENTICATION_FAILED"));
        ChartScene scene = panel.runs().scene(panel.choice(), ChartPainter.MAX_STEPS);
        assertThat(scene.isEmpty()).isTrue();
        assertThat(scene.whyEmpty()).isEqualTo("throughputChart.noData");
    }

    @Test
    void aCutNameHasAToolTipWithAllOfIt() throws Exception {
        String name = "<b>a name & more</b> that is longer than any column will ever be in a chart's table";
        swing(() -> {
            panel.runs().add(second(name, "group 1-1", T0, MEGA));
            panel.showAnew();
            assertThat(toolTip(name, ChartColumn.TEST)).contains("&lt;b>a name &amp; more", "ever be", "group 1-1");
        });
    }

    @Test
    void aSelectedTestStaysSelectedWhileTheTableMoves() throws Exception {
        swing(() -> {
            oneGoodOneBad();
            table.setRowSelectionInterval(row("North"), row("North"));
            panel.runs().add(second("West", "1-3", T0 + 9000, MEGA));
            panel.showAnew();
            assertThat(table.selected().orElseThrow().row().name()).isEqualTo("North");
        });
    }

    @Test
    void aHiddenColumnComesBackWithItsWidth() throws Exception {
        swing(() -> {
            oneGoodOneBad();
            table.getColumnModel().getColumn(column(ChartColumn.AVERAGE)).setPreferredWidth(177);
            table.setHidden(ChartColumn.AVERAGE, true);
            assertThat(columns()).doesNotContain(ChartColumn.AVERAGE).contains(ChartColumn.MAXIMUM);
            panel.showAnew();
            table.setHidden(ChartColumn.AVERAGE, false);
            panel.showAnew();
            assertThat(columns()).containsSubsequence(ChartColumn.RECENT, ChartColumn.AVERAGE, ChartColumn.MINIMUM);
            assertThat(table.getColumnModel()
                            .getColumn(column(ChartColumn.AVERAGE))
                            .getPreferredWidth())
                    .isEqualTo(177);
        });
    }

    private List<Object> columns() {
        return IntStream.range(0, table.getColumnCount())
                .mapToObj(i -> table.getColumnModel().getColumn(i).getIdentifier())
                .toList();
    }

    @Test
    void whatNoTestTellsHasNoColumn() throws Exception {
        swing(() -> {
            oneGoodOneBad();
            assertThat(columns())
                    .doesNotContain(ChartColumn.PROTOCOL, ChartColumn.RUN, ChartColumn.LOCAL_CPU, ChartColumn.LEFT)
                    .contains(ChartColumn.MAXIMUM, ChartColumn.RECENT, ChartColumn.VOLUME);
        });
    }

    @Test
    void unitsFollowTheSize() throws Exception {
        swing(() -> {
            panel.runs().add(second("North", "1-1", T0, 941.2 * MEGA));
            panel.showAnew();
            assertThat(cell("North", ChartColumn.AVERAGE)).isEqualTo("941.2");
            assertThat(ChartColumn.AVERAGE.head(RateUnit.upTo(941.2 * MEGA))).endsWith("Mbit/s");
            panel.runs().add(second("South", "1-2", T0, 9_876 * MEGA));
            panel.showAnew();
            assertThat(cell("North", ChartColumn.AVERAGE)).isEqualTo("0.941");
            assertThat(cell("South", ChartColumn.AVERAGE)).isEqualTo("9.88");
            assertThat(ChartColumn.AVERAGE.head(RateUnit.upTo(9_876 * MEGA))).endsWith("Gbit/s");
        });
    }

    private String cell(String test, ChartColumn column) {
        return table.getValueAt(row(test), column(column)).toString();
    }

    @Test
    void averagesOverTheLastTenSecondsMaximumAndVolume() throws Exception {
        swing(() -> {
            for (int i = 0; i < 15; i++) {
                double rate = i < 5 ? 100 : i == 14 ? 40 : 20;
                panel.runs().add(interval("Both", "1-1", T0 + i * 1000L, T0 + i * 1000L + 1000, rate * MEGA, MEGA, 0));
            }
            panel.showAnew();
            assertThat(cell("Both", ChartColumn.RECENT)).isEqualTo("22.0 / 1.00");
            assertThat(cell("Both", ChartColumn.MAXIMUM)).isEqualTo("100.0 / 1.00");
            assertThat(cell("Both", ChartColumn.CURRENT)).isEqualTo("40.0 / 1.00");
            assertThat(cell("Both", ChartColumn.VOLUME)).isEqualTo("90.0 / 1.9 MB");
        });
    }

    @Test
    void aNewRunIsShownAloneAndFilesOverEachOther() throws Exception {
        swing(() -> {
            oneGoodOneBad();
            panel.runs().runStarted("local");
            panel.runs().add(second("North", "1-1", T0 + 60_000, 5 * MEGA));
            panel.showAnew();
            assertThat(panel.choice().run()).contains(panel.runs().names().get(1));
            assertThat(table.getRowCount()).isEqualTo(1);
            panel.load(Path.of("before.jtl"), () -> panel.runs().add(second("North", "1-1", T0, 5 * MEGA)));
            assertThat(panel.choice().run()).isEmpty();
            assertThat(columns()).contains(ChartColumn.RUN);
            assertThat(table.getRowCount()).isEqualTo(4);
            @SuppressWarnings("unchecked")
            JComboBox<String> shown = (JComboBox<String>) all(panel)
                    .filter(JComboBox.class::isInstance)
                    .skip(1)
                    .findFirst()
                    .orElseThrow();
            shown.setSelectedItem("before.jtl");
            assertThat(table.getRowCount()).isEqualTo(1);
        });
    }

    @Test
    void draggingZoomsAndADoubleClickShowsAllAgain() throws Exception {
        for (int i = 0; i < 100; i++) {
            panel.runs().add(second("North", "1-1", T0 + i * 1000L, 5 * MEGA));
        }
        ChartView view = find(panel, ChartView.class);
        swing(() -> {
            view.setSize(800, 400);
            panel.showAnew();
        });
        await(view);
        swing(() -> {
            int y = 100;
            drag(view, 200, 400, y);
            ChartExtent window = panel.choice().window().orElseThrow();
            assertThat(window.endMillis() - window.firstMillis()).isBetween(20_000L, 35_000L);
            view.dispatchEvent(new MouseEvent(view, MouseEvent.MOUSE_CLICKED, 0, 0, 300, y, 2, false, 1));
            assertThat(panel.choice().window()).isEmpty();
            drag(view, 300, 302, y);
            assertThat(panel.choice().window()).as("a click").isEqualTo(Optional.empty());
        });
    }

    /** Painting is done beside Swing's thread, which then takes the picture. */
    private static void await(ChartView view) throws Exception {
        while (!view.hasPicture()) {
            Thread.onSpinWait();
        }
    }

    private static void drag(ChartView view, int from, int to, int y) {
        press(view, from, y);
        release(view, to, y);
    }

    private static void press(ChartView view, int x, int y) {
        int pressed = MouseEvent.BUTTON1_DOWN_MASK;
        view.dispatchEvent(new MouseEvent(view, MouseEvent.MOUSE_PRESSED, 0, pressed, x, y, 1, false, 1));
        view.dispatchEvent(new MouseEvent(view, MouseEvent.MOUSE_DRAGGED, 0, pressed, x + 1, y, 1, false, 1));
    }

    private static void release(ChartView view, int to, int y) {
        int pressed = MouseEvent.BUTTON1_DOWN_MASK;
        view.dispatchEvent(new MouseEvent(view, MouseEvent.MOUSE_DRAGGED, 0, pressed, to, y, 1, false, 1));
        view.dispatchEvent(new MouseEvent(view, MouseEvent.MOUSE_RELEASED, 0, 0, to, y, 1, false, 1));
    }

    @Test
    void draggingGoesOnWithoutPlotsWhenTheChartIsCleared() throws Exception {
        panel.runs().add(second("North", "1-1", T0, 5 * MEGA));
        ChartView view = find(panel, ChartView.class);
        swing(() -> {
            view.setSize(800, 400);
            panel.showAnew();
        });
        await(view);
        swing(() -> {
            press(view, 200, 100);
            panel.clear();
        });
        await(view);
        swing(() -> {
            release(view, 400, 100);
            assertThat(panel.choice().window()).isEmpty();
        });
    }
}

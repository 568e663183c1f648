package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import org.apache.jmeter.util.JMeterUtils;

/**
 * The plots, the table below them and what goes with them. Any thread may fill {@link #runs()}; once a second, while it
 * is to be seen, Swing's thread shows what is new. All other methods are for Swing's thread.
 */
public final class ChartPanel extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int REFRESH_MILLIS = 1000;
    private static final int TABLE_HEIGHT = 110;

    private final transient ChartRuns runs = new ChartRuns();
    private final transient ChartControls controls;
    private final ChartView view = new ChartView(this::zoom);
    private final ChartTable table = new ChartTable();
    private final FailureLine failure = new FailureLine();
    private final JLabel remark = new JLabel(" ");
    private final Timer timer = new Timer(REFRESH_MILLIS, event -> refresh());
    private final transient ChartPace pace = new ChartPace(System::nanoTime);
    private transient ChartScene scene = ChartScene.EMPTY;
    private long shownVersion = -1;

    /** @param open adds a results file, which the user chose */
    public ChartPanel(Consumer<Path> open) {
        super(new BorderLayout(0, 4));
        controls = new ChartControls(this, open);
        JScrollPane tests = new JScrollPane(table);
        tests.setPreferredSize(new Dimension(440, TABLE_HEIGHT));
        JSplitPane both = new JSplitPane(JSplitPane.VERTICAL_SPLIT, view, tests);
        both.setResizeWeight(0.75);
        both.setBorder(BorderFactory.createEmptyBorder());
        add(controls.choices(), BorderLayout.NORTH);
        add(both, BorderLayout.CENTER);
        add(below(), BorderLayout.SOUTH);
        table.getSelectionModel().addListSelectionListener(event -> failure.show(scene, table.selected()));
    }

    private Component below() {
        JPanel buttons = new JPanel(new BorderLayout(8, 0));
        buttons.add(controls.buttons(table), BorderLayout.WEST);
        buttons.add(remark, BorderLayout.CENTER);
        JPanel below = new JPanel(new BorderLayout());
        below.add(failure, BorderLayout.NORTH);
        below.add(buttons, BorderLayout.SOUTH);
        return below;
    }

    /** {@return what takes the samples} */
    public ChartRuns runs() {
        return runs;
    }

    /** {@return what the user chose to see} */
    public ChartChoice choice() {
        return controls.choice();
    }

    ChartView view() {
        return view;
    }

    /** Takes a results file as a run; with other runs there, all are shown over each other. */
    public void load(Path file, Runnable reading) {
        if (runs.load(file, reading)) {
            controls.fileLoaded(runs.names());
        } else {
            JMeterUtils.reportErrorToUser(Messages.text("throughputChart.nothingIn", file));
        }
        showAnew();
    }

    /** Forgets all runs. */
    public void clear() {
        runs.clear();
        controls.unzoom();
    }

    private void zoom(Optional<ChartExtent> window) {
        controls.zoom(window);
    }

    // the timer runs only while JMeter shows this form, so it keeps none alive that was removed from the plan
    @Override
    public void addNotify() {
        super.addNotify();
        showAnew(); // the look may have changed meanwhile
        timer.start();
    }

    @Override
    public void removeNotify() {
        timer.stop();
        super.removeNotify();
    }

    /** JMeter's look has changed. */
    @Override
    public void updateUI() {
        super.updateUI();
        if (failure != null) { // not in the constructor
            SwingUtilities.invokeLater(this::showAnew); // the parts have not got their new look yet
        }
    }

    /** Shows everything again, as the user chose something else or its colours have changed. */
    public void showAnew() {
        show(runs.version());
    }

    /** Shows what is new, unless the machine has painted enough for now. */
    void refresh() {
        long version = runs.version();
        if (version != shownVersion && view.isReady() && pace.isReady()) {
            long begin = ChartPace.cpuNanos();
            show(version);
            pace.worked(ChartPace.cpuNanos() - begin); // thousands of rows take longer than the picture
        }
    }

    private void show(long version) {
        shownVersion = version;
        controls.runsAre(runs.names());
        controls.offerPacketSize(runs.hasSearches());
        scene = runs.scene(controls.choice(), ChartPainter.MAX_STEPS);
        view.show(scene);
        table.show(scene);
        failure.show(scene, table.selected());
        remark.setText(remark(scene));
    }

    private static String remark(ChartScene scene) {
        if (scene.isEmpty() || scene.isOverSize()) {
            return " ";
        }
        String step =
                Duration.ofMillis(scene.stepMillis()).toString().substring(2).toLowerCase(Locale.ROOT);
        String text = Messages.text(
                "throughputChart.step",
                step.replaceAll("(\\d)([a-z])", "$1 $2 ").trim());
        return scene.testsForgotten() == 0
                ? text
                : text + " " + Messages.text("throughputChart.forgotten", scene.testsForgotten());
    }
}

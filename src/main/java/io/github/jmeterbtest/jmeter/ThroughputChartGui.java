package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.chart.ChartColours;
import io.github.jmeterbtest.jmeter.chart.ChartFiles;
import io.github.jmeterbtest.jmeter.chart.ChartModel;
import io.github.jmeterbtest.jmeter.chart.ChartPainter;
import io.github.jmeterbtest.jmeter.chart.ChartSnapshot;
import io.github.jmeterbtest.jmeter.chart.ChartTable;
import io.github.jmeterbtest.jmeter.chart.ChartView;
import io.github.jmeterbtest.jmeter.field.Messages;
import io.github.jmeterbtest.jmeter.form.ElementHelp;
import io.github.jmeterbtest.jmeter.form.ElementIcon;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSplitPane;
import javax.swing.SwingWorker;
import javax.swing.Timer;
import javax.swing.event.ChangeEvent;
import org.apache.jmeter.gui.util.FileDialoger;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.jmeter.visualizers.gui.AbstractVisualizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The form of {@link ThroughputChart}. JMeter makes one for each element of the plan, and calls {@link #add} on the
 * threads that sample; those only fill the model. Once a second, while it is to be seen, Swing's thread shows what is
 * new.
 */
public final class ThroughputChartGui extends AbstractVisualizer {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "throughputChart";

    private static final Logger log = LoggerFactory.getLogger(ThroughputChartGui.class);
    private static final int REFRESH_MILLIS = 1000;
    private static final int MIN_WIDTH = 600;

    static {
        ElementIcon.register(ThroughputChartGui.class, ElementIcon.Drawing.CHART);
    }

    private final transient ChartModel model = new ChartModel();
    private final ChartView view = new ChartView();
    private final ChartTable table = new ChartTable(ChartColours.ofLook());
    private final JLabel remark = new JLabel(" ");
    private final Timer timer = new Timer(REFRESH_MILLIS, event -> refresh());
    private long shownVersion = -1;

    /** Builds the form. */
    public ThroughputChartGui() {
        setModel(new ThroughputChart());
        setLayout(new BorderLayout(0, 5));
        setBorder(makeBorder());
        add(makeTitlePanel(), BorderLayout.NORTH);
        JScrollPane tests = new JScrollPane(table);
        tests.setPreferredSize(new Dimension(table.getPreferredSize().width, 100));
        JSplitPane both = new JSplitPane(JSplitPane.VERTICAL_SPLIT, view, tests);
        both.setResizeWeight(1); // the plots take what room there is
        both.setBorder(BorderFactory.createEmptyBorder());
        add(both, BorderLayout.CENTER);
        add(buttons(), BorderLayout.SOUTH);
        addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent event) {
                arrange(both);
            }
        });
    }

    /** The table stands beside the plots where there is room for all its columns, else below them. */
    private void arrange(JSplitPane both) {
        boolean wide = getWidth() >= view.getPreferredSize().width + table.getPreferredSize().width;
        both.setResizeWeight(wide ? 0.5 : 1);
        int wanted = wide ? JSplitPane.HORIZONTAL_SPLIT : JSplitPane.VERTICAL_SPLIT;
        if (both.getOrientation() != wanted) {
            both.setOrientation(wanted);
            both.resetToPreferredSizes();
        }
    }

    /** All parts can do with less width than they ask for, and JMeter would let the form be scrolled sideways. */
    @Override
    public Dimension getPreferredSize() {
        return new Dimension(MIN_WIDTH, super.getPreferredSize().height);
    }

    private Component buttons() {
        JButton png = new JButton(Messages.text("throughputChart.savePng"));
        png.addActionListener(event -> choose("throughput.png", this::savePng));
        JButton csv = new JButton(Messages.text("throughputChart.saveCsv"));
        csv.addActionListener(event -> choose("throughput.csv", this::saveCsv));
        JPanel row = new JPanel(new FlowLayout(FlowLayout.LEADING));
        row.add(png);
        row.add(csv);
        row.add(remark);
        return row;
    }

    @Override
    public void add(SampleResult sample) {
        model.add(sample);
    }

    /** A file is loaded: it shall be shown alone, since the same test twice would show twice its throughput. */
    @Override
    public void stateChanged(ChangeEvent event) {
        if (new File(getFile()).isFile()) {
            model.clear();
        }
        super.stateChanged(event);
    }

    @Override
    public void clearData() {
        model.clear();
        refresh();
    }

    // the timer runs only while JMeter shows this form, so it keeps none alive that was removed from the plan
    @Override
    public void addNotify() {
        super.addNotify();
        refresh();
        timer.start();
    }

    @Override
    public void removeNotify() {
        timer.stop();
        super.removeNotify();
    }

    /** Shows what is new; on Swing's thread. */
    void refresh() {
        long version = model.version();
        if (version == shownVersion || !view.isReady()) {
            return;
        }
        shownVersion = version;
        ChartSnapshot snapshot = model.snapshot(ChartPainter.MAX_STEPS);
        view.show(snapshot);
        table.show(snapshot.tests(), ChartColours.ofLook());
        remark.setText(remark(snapshot));
    }

    private static String remark(ChartSnapshot snapshot) {
        if (snapshot.isEmpty()) {
            return " ";
        }
        String step =
                Duration.ofMillis(snapshot.stepMillis()).toString().substring(2).toLowerCase(Locale.ROOT);
        String text = Messages.text(
                "throughputChart.step",
                step.replaceAll("(\\d)([a-z])", "$1 $2 ").trim());
        return snapshot.testsForgotten() == 0
                ? text
                : text + " " + Messages.text("throughputChart.forgotten", snapshot.testsForgotten());
    }

    @FunctionalInterface
    private interface Saving {
        SwingWorker<Void, Void> to(Path file);
    }

    private static void choose(String name, Saving saving) {
        JFileChooser chosen = FileDialoger.promptToSaveFile(name);
        if (chosen != null && chosen.getSelectedFile() != null) {
            saving.to(chosen.getSelectedFile().toPath()).execute();
        }
    }

    /** {@return a job that writes what is to be seen now as a picture} */
    SwingWorker<Void, Void> savePng(Path file) {
        ChartSnapshot snapshot = model.snapshot(ChartPainter.MAX_STEPS);
        ChartColours colours = ChartColours.ofLook();
        int width = Math.max(view.getWidth(), 800);
        int height = Math.max(view.getHeight(), 500);
        return saving(file, () -> ChartFiles.writePng(snapshot, colours, width, height, file));
    }

    /** {@return a job that writes all that the model knows as CSV} */
    SwingWorker<Void, Void> saveCsv(Path file) {
        ChartSnapshot snapshot = model.snapshot(ChartModel.MAX_BUCKETS);
        return saving(file, () -> ChartFiles.writeCsv(snapshot, file));
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private static SwingWorker<Void, Void> saving(Path file, Writing writing) {
        return new SwingWorker<>() {
            @Override
            protected Void doInBackground() throws IOException {
                writing.run();
                return null;
            }

            @Override
            protected void done() {
                try {
                    get();
                } catch (ExecutionException e) {
                    log.warn("Cannot write {}", file, e.getCause());
                    JMeterUtils.reportErrorToUser(Messages.text(
                            "throughputChart.notSaved", file, e.getCause().getMessage()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    @Override
    protected Component createTitleLabel() {
        return new ElementHelp(LABEL, List.of()).beside(this, super.createTitleLabel());
    }

    @Override
    public String getLabelResource() {
        return LABEL;
    }

    // JMeter asks for it before this object has fields, and would look the resource up in its own bundle
    @Override
    public String getStaticLabel() {
        return Messages.text(LABEL);
    }

    @Override
    public String getDocAnchor() {
        return getStaticLabel().replace(' ', '_');
    }
}

package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.chart.ChartPanel;
import io.github.jmeterbtest.jmeter.field.Messages;
import io.github.jmeterbtest.jmeter.form.ElementHelp;
import io.github.jmeterbtest.jmeter.form.ElementIcon;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javax.swing.JPopupMenu;
import javax.swing.SwingUtilities;
import javax.swing.event.ChangeEvent;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.visualizers.gui.AbstractVisualizer;

/**
 * The form of {@link ThroughputChart}. JMeter makes one for each element of the plan, and calls {@link #add} on the
 * threads that sample; all that is shown is the matter of a {@link ChartPanel}.
 */
public final class ThroughputChartGui extends AbstractVisualizer {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "throughputChart";

    private static final int MIN_WIDTH = 600;

    static {
        ElementIcon.register(ThroughputChartGui.class, ElementIcon.Drawing.CHART);
    }

    private final ChartPanel chart = new ChartPanel(this::open);

    /** Builds the form. */
    public ThroughputChartGui() {
        setModel(new ThroughputChart());
        setLayout(new BorderLayout(0, 5));
        setBorder(makeBorder());
        add(makeTitlePanel(), BorderLayout.NORTH);
        add(chart, BorderLayout.CENTER);
    }

    /** All parts can do with less width than they ask for, and JMeter would let the form be scrolled sideways. */
    @Override
    public Dimension getPreferredSize() {
        return new Dimension(MIN_WIDTH, super.getPreferredSize().height);
    }

    /** {@return what shows the samples} */
    ChartPanel chart() {
        return chart;
    }

    void runStarted(String host) {
        chart.runs().runStarted(host);
    }

    void runEnded(String host) {
        chart.runs().runEnded(host);
        SwingUtilities.invokeLater(chart::showAnew); // the end of a run is not to be waited for
    }

    @Override
    public void add(SampleResult sample) {
        chart.runs().add(sample);
    }

    /** A file was chosen: it is a run of its own. */
    @Override
    public void stateChanged(ChangeEvent event) {
        File file = new File(getFile());
        if (file.isFile()) {
            chart.load(file.toPath(), () -> super.stateChanged(event));
        } else {
            super.stateChanged(event);
        }
    }

    /** Adds a file to the chart, without making it the one that results are written to. */
    private void open(Path file) {
        ThroughputChart reader = new ThroughputChart();
        reader.setListener(this);
        reader.setFilename(file.toString());
        chart.load(file, reader::loadExistingFile);
    }

    @Override
    public void clearData() {
        chart.clear();
    }

    @Override
    protected Component createTitleLabel() {
        return new ElementHelp(LABEL, List.of()).beside(this, super.createTitleLabel());
    }

    @Override
    public JPopupMenu createPopupMenu() {
        return new ElementHelp(LABEL, List.of()).in(super.createPopupMenu());
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

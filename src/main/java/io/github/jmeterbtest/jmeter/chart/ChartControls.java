package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.Component;
import java.awt.FlowLayout;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.DefaultComboBoxModel;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JPanel;
import org.apache.jmeter.gui.util.FileDialoger;

/** What the user can choose: the axis, the run, the part of it, columns and files. */
final class ChartControls {
    private static final ChartAxis[] AXES_OF_TIME = {ChartAxis.RUN, ChartAxis.TEST, ChartAxis.CLOCK};

    private final ChartPanel panel;
    private final Consumer<Path> open;
    private final JComboBox<ChartAxis> axes = new JComboBox<>(AXES_OF_TIME);
    private final JComboBox<String> shownRuns = new JComboBox<>();
    private final JButton showAll = button("showAll", this::unzoom);
    private final String allRuns = Messages.text("throughputChart.allRuns");
    private List<String> runs = List.of();
    private ChartChoice choice = ChartChoice.ALL;
    private boolean filling;

    ChartControls(ChartPanel panel, Consumer<Path> open) {
        this.panel = panel;
        this.open = open;
        axes.setToolTipText(Messages.text("throughputChart.axis.tip"));
        axes.addActionListener(event -> choose());
        shownRuns.setToolTipText(Messages.text("throughputChart.runs.tip"));
        shownRuns.setPrototypeDisplayValue("Run 10, 00:00:00 and more");
        shownRuns.addActionListener(event -> choose());
        showAll.setEnabled(false);
        runsAre(List.of());
    }

    private static JButton button(String key, Runnable action) {
        JButton button = new JButton(Messages.text("throughputChart." + key));
        button.addActionListener(event -> action.run());
        return button;
    }

    /** {@return the row above the plots} */
    Component choices() {
        JPanel row = new JPanel(new FlowLayout(FlowLayout.LEADING, 6, 0));
        row.add(labelled("axis", axes));
        row.add(axes);
        row.add(labelled("runs", shownRuns));
        row.add(shownRuns);
        showAll.setToolTipText(Messages.text("throughputChart.showAll.tip"));
        row.add(showAll);
        return row;
    }

    private static JLabel labelled(String key, JComponent field) {
        JLabel label = new JLabel(Messages.text("throughputChart." + key));
        label.setLabelFor(field);
        return label;
    }

    /** {@return the row below the table} */
    Component buttons(ChartTable table) {
        JPanel row = new JPanel(new FlowLayout(FlowLayout.LEADING, 6, 2));
        JButton opener = button("open", this::openFiles);
        opener.setToolTipText(Messages.text("throughputChart.open.tip"));
        row.add(opener);
        ChartSaver saver = new ChartSaver(panel);
        row.add(button("savePng", saver::choosePng));
        row.add(button("saveCsv", saver::chooseCsv));
        JButton columns = new JButton(Messages.text("throughputChart.columns"));
        columns.setToolTipText(Messages.text("throughputChart.columns.tip"));
        columns.addActionListener(event -> table.columnMenu().show(columns, 0, columns.getHeight()));
        row.add(columns);
        return row;
    }

    /** Only searches have rates for packet sizes. */
    void offerPacketSize(boolean offered) {
        boolean isOffered = axes.getItemCount() > AXES_OF_TIME.length;
        if (offered == isOffered) {
            return;
        }
        filling = true;
        if (offered) {
            axes.addItem(ChartAxis.PACKET_SIZE);
        } else {
            if (choice.axis() == ChartAxis.PACKET_SIZE) {
                axes.setSelectedItem(ChartAxis.RUN);
            }
            axes.removeItem(ChartAxis.PACKET_SIZE);
        }
        filling = false;
        choice = new ChartChoice((ChartAxis) axes.getSelectedItem(), choice.run(), choice.window());
    }

    private void openFiles() {
        JFileChooser chosen = FileDialoger.promptToOpenFile(new String[] {".jtl", ".csv", ".xml"});
        if (chosen == null) {
            return;
        }
        File[] files = chosen.getSelectedFiles();
        List<File> all = files.length == 0 ? List.of(chosen.getSelectedFile()) : List.of(files);
        all.forEach(file -> open.accept(file.toPath()));
    }

    ChartChoice choice() {
        return choice;
    }

    private void choose() {
        if (filling) {
            return;
        }
        Optional<String> run = Optional.ofNullable((String) shownRuns.getSelectedItem())
                .filter(name -> shownRuns.getSelectedIndex() > 0);
        choice = new ChartChoice((ChartAxis) axes.getSelectedItem(), run, Optional.empty());
        showAll.setEnabled(false);
        panel.showAnew();
    }

    void zoom(Optional<ChartExtent> window) {
        choice = new ChartChoice(choice.axis(), choice.run(), window);
        showAll.setEnabled(window.isPresent());
        panel.showAnew();
    }

    void unzoom() {
        zoom(Optional.empty());
    }

    /** Of several runs, all are shown over each other once there is a file among them that was just loaded. */
    void fileLoaded(List<String> names) {
        fill(names, Optional.empty());
    }

    /** A new run is shown alone, unless the user has chosen to see all. */
    void runsAre(List<String> names) {
        if (names.equals(runs) && shownRuns.getItemCount() > 0) {
            return;
        }
        boolean more = !names.isEmpty() && !runs.contains(names.get(names.size() - 1));
        boolean all = choice.run().isEmpty() && runs.size() > 1;
        Optional<String> shown = choice.run().filter(names::contains);
        if (more && !all) {
            shown = Optional.of(names.get(names.size() - 1));
        }
        fill(names, shown);
    }

    private void fill(List<String> names, Optional<String> shown) {
        List<String> items = new ArrayList<>();
        items.add(allRuns);
        items.addAll(names);
        filling = true;
        shownRuns.setModel(new DefaultComboBoxModel<>(items.toArray(String[]::new)));
        shownRuns.setSelectedItem(shown.orElse(allRuns));
        filling = false;
        boolean other = !shown.equals(choice.run());
        runs = List.copyOf(names);
        choice = new ChartChoice(choice.axis(), shown, other ? Optional.empty() : choice.window());
        showAll.setEnabled(choice.window().isPresent());
    }
}

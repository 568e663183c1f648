package io.github.jmeterbtest.jmeter.chart;

import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.JTextArea;

/** Why a test failed, in full: that of the selected row, or as long as none is selected the newest one. */
final class FailureLine extends JTextArea {
    private static final long serialVersionUID = 1L;

    FailureLine() {
        setEditable(false);
        setLineWrap(true);
        setWrapStyleWord(true);
        setOpaque(false);
        setBorder(BorderFactory.createEmptyBorder(2, 4, 2, 4));
        setVisible(false);
    }

    void show(ChartScene scene, Optional<ChartScene.ShownTest> selected) {
        Optional<ChartScene.ShownTest> failed =
                selected.isPresent() ? selected.filter(test -> test.row().isFailed()) : scene.newestFailure();
        setForeground(ChartColours.ofLook().failure());
        String text = failed.map(test -> scene.nameOf(test.row().name(), test.run()) + text(test.row()))
                .orElse("");
        if (!text.equals(getText())) {
            setText(text);
        }
        if (isVisible() == text.isEmpty()) {
            setVisible(!text.isEmpty());
        }
    }

    private static String text(ChartRow row) {
        return ": " + row.result() + (row.reason().isEmpty() ? "" : ": " + row.reason());
    }
}

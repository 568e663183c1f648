package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.field.Messages;
import io.github.jmeterbtest.jmeter.form.ElementGui;
import io.github.jmeterbtest.jmeter.form.ElementIcon;
import io.github.jmeterbtest.jmeter.form.FormRules;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.JTextArea;
import javax.swing.UIManager;

/** The form of {@link BandwidthSummariser}: it has nothing to set, so it says what the element does. */
public final class BandwidthSummariserGui extends ElementGui {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "bandwidthSummary";

    static {
        ElementIcon.register(BandwidthSummariserGui.class, ElementIcon.Drawing.SUMMARY);
    }

    /** Builds the form. */
    public BandwidthSummariserGui() {
        super(Place.LISTENER, BandwidthSummariser::new, List.of(), new FormRules(List.of()));
        panel().add(explanation(), "wmin 0"); // else it would not become narrower again
    }

    private static JTextArea explanation() {
        // a label would not wrap in a narrow window
        JTextArea text = new JTextArea(Messages.text(LABEL + ".help")) {
            private static final long serialVersionUID = 1L;

            @Override
            public void updateUI() {
                super.updateUI();
                // it stands for a label, in each look
                setFont(UIManager.getFont("Label.font"));
            }
        };
        text.setLineWrap(true);
        text.setWrapStyleWord(true);
        text.setEditable(false);
        text.setFocusable(false);
        text.setOpaque(false);
        text.setBorder(BorderFactory.createEmptyBorder(5, 5, 5, 5));
        return text;
    }

    @Override
    public String getLabelResource() {
        return LABEL;
    }
}

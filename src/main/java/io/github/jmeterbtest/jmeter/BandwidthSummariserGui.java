package io.github.jmeterbtest.jmeter;

import java.awt.BorderLayout;
import javax.swing.BorderFactory;
import javax.swing.JTextArea;
import javax.swing.UIManager;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.visualizers.gui.AbstractListenerGui;

/** The form of {@link BandwidthSummariser}: it has nothing to set, so it says what the element does. */
public class BandwidthSummariserGui extends AbstractListenerGui {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "bandwidthSummary";

    /** Builds the form. */
    public BandwidthSummariserGui() {
        setLayout(new BorderLayout(0, 5));
        setBorder(makeBorder());
        add(makeTitlePanel(), BorderLayout.NORTH);
        add(explanation(), BorderLayout.CENTER);
    }

    private static JTextArea explanation() {
        // a label would not wrap in a narrow window
        JTextArea text = new JTextArea(Messages.text(LABEL + ".explanation"));
        text.setLineWrap(true);
        text.setWrapStyleWord(true);
        text.setEditable(false);
        text.setFocusable(false);
        text.setOpaque(false);
        text.setFont(UIManager.getFont("Label.font"));
        text.setBorder(BorderFactory.createEmptyBorder(5, 5, 5, 5));
        return text;
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

    @Override
    public TestElement createTestElement() {
        TestElement element = new BandwidthSummariser();
        modifyTestElement(element);
        return element;
    }

    @Override
    public void modifyTestElement(TestElement element) {
        configureTestElement(element);
    }
}

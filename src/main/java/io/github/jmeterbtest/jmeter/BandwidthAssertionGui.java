package io.github.jmeterbtest.jmeter;

import java.awt.BorderLayout;
import org.apache.jmeter.assertions.gui.AbstractAssertionGui;
import org.apache.jmeter.testelement.TestElement;

/** The form of {@link BandwidthAssertion}. */
public class BandwidthAssertionGui extends AbstractAssertionGui {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "bandwidthAssertion";
    /** What the fields of an assertion take. */
    static final FormRules RULES = new FormRules(BandwidthAssertion.FIELDS)
            .check(BandwidthAssertion.LEAST_RX_SPEED, FieldCheck.rate())
            .check(BandwidthAssertion.LEAST_TX_SPEED, FieldCheck.rate())
            .check(BandwidthAssertion.LEAST_INTERVAL_RX_SPEED, FieldCheck.rate())
            .check(BandwidthAssertion.LEAST_INTERVAL_TX_SPEED, FieldCheck.rate())
            .check(BandwidthAssertion.MOST_LOSS, FieldCheck.decimal("0", "100"))
            .check(BandwidthAssertion.MOST_REMOTE_CPU, FieldCheck.decimal("0", "100"));

    private final transient ElementForm form = new ElementForm(BandwidthAssertion.FIELDS, RULES);

    /** Builds the form. */
    public BandwidthAssertionGui() {
        setLayout(new BorderLayout(0, 5));
        setBorder(makeBorder());
        add(makeTitlePanel(), BorderLayout.NORTH);
        add(form.panel(), BorderLayout.CENTER);
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
        TestElement element = new BandwidthAssertion();
        modifyTestElement(element);
        return element;
    }

    @Override
    public void modifyTestElement(TestElement element) {
        configureTestElement(element);
        form.store(element);
    }

    @Override
    public void configure(TestElement element) {
        super.configure(element);
        form.show(element);
    }

    @Override
    public void clearGui() {
        super.clearGui();
        form.clear();
    }
}

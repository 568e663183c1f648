package io.github.jmeterbtest.jmeter;

import java.awt.BorderLayout;
import org.apache.jmeter.config.gui.AbstractConfigGui;
import org.apache.jmeter.testelement.TestElement;

/** The form of {@link BandwidthServerConfig}. */
public class BandwidthServerConfigGui extends AbstractConfigGui {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "bandwidthServer";
    /** What the fields of a server take; the ranges are the engine's. */
    static final FormRules RULES = new FormRules(BandwidthServerConfig.FIELDS)
            .check(BandwidthServerConfig.PORT, FieldCheck.wholeNumber(0, 65535))
            .check(BandwidthServerConfig.UDP_PORTS_FROM, FieldCheck.wholeNumber(1, 65279))
            .check(BandwidthServerConfig.MAX_SESSIONS, FieldCheck.wholeNumber(1, 10_000))
            .check(BandwidthServerConfig.MAX_DURATION, FieldCheck.decimal("0.02", "604800"))
            .check(BandwidthServerConfig.LOST_PEER_TIME, FieldCheck.decimal("1", "600"))
            .appliesFor(BandwidthServerConfig.USER, BandwidthServerConfig.AUTHENTICATION, "md5", "ec-srp5")
            .appliesFor(BandwidthServerConfig.PASSWORD, BandwidthServerConfig.AUTHENTICATION, "md5", "ec-srp5")
            .appliesFor(BandwidthServerConfig.EC_SRP5_SECRET, BandwidthServerConfig.AUTHENTICATION, "ec-srp5")
            .appliesFor(BandwidthServerConfig.EC_SRP5_BLINDING, BandwidthServerConfig.AUTHENTICATION, "ec-srp5");

    private final transient ElementForm form = new ElementForm(BandwidthServerConfig.FIELDS, RULES);

    /** Builds the form. */
    public BandwidthServerConfigGui() {
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
        TestElement element = new BandwidthServerConfig();
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

package io.github.jmeterbtest.jmeter;

import java.awt.BorderLayout;
import org.apache.jmeter.samplers.gui.AbstractSamplerGui;
import org.apache.jmeter.testelement.TestElement;

/** The form of {@link ServerSessionSampler}. */
public class ServerSessionSamplerGui extends AbstractSamplerGui {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "serverSession";
    /** What the fields of a server session take. */
    static final FormRules RULES = new FormRules(ServerSessionSampler.FIELDS)
            .check(ServerSessionSampler.TIMEOUT, FieldCheck.decimal("0", "604800"));

    private final transient ElementForm form = new ElementForm(ServerSessionSampler.FIELDS, RULES);

    /** Builds the form. */
    public ServerSessionSamplerGui() {
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
        TestElement element = new ServerSessionSampler();
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

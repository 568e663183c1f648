package io.github.jmeterbtest.jmeter;

import java.awt.BorderLayout;
import java.awt.Component;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import javax.swing.JPopupMenu;
import org.apache.jmeter.gui.AbstractJMeterGuiComponent;
import org.apache.jmeter.gui.util.MenuFactory;
import org.apache.jmeter.testelement.TestElement;

/**
 * What all forms of this plugin share towards JMeter. JMeter's own bases for samplers, config elements and listeners differ
 * in nothing but the menus, which {@link Place} knows; so one base does for all.
 */
abstract class ElementGui extends AbstractJMeterGuiComponent {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final transient Supplier<? extends TestElement> newElement;
    private final transient ElementForm form;
    private final transient ElementHelp help;

    /** Where JMeter's menus show an element, and what they offer at it. */
    enum Place {
        SAMPLER(MenuFactory.SAMPLERS, MenuFactory::getDefaultSamplerMenu),
        CONFIG_ELEMENT(MenuFactory.CONFIG_ELEMENTS, MenuFactory::getDefaultConfigElementMenu),
        ASSERTION(MenuFactory.ASSERTIONS, MenuFactory::getDefaultAssertionMenu),
        LISTENER(MenuFactory.LISTENERS, MenuFactory::getDefaultVisualizerMenu);

        private final String category;
        private final Supplier<JPopupMenu> popup;

        Place(String category, Supplier<JPopupMenu> popup) {
            this.category = category;
            this.popup = popup;
        }
    }

    /**
     * Builds the form.
     *
     * @param place      its menus
     * @param newElement makes an element for it
     * @param form       its fields
     */
    ElementGui(Place place, Supplier<? extends TestElement> newElement, ElementForm form) {
        this.place = place;
        this.newElement = newElement;
        this.form = form;
        this.help = new ElementHelp(getLabelResource(), form.fields());
        setLayout(new BorderLayout(0, 5));
        setBorder(makeBorder());
        add(makeTitlePanel(), BorderLayout.NORTH);
        add(form.panel(), BorderLayout.CENTER);
    }

    /** {@return the fields, in the order of the form} */
    final List<FormField> fields() {
        return form.fields();
    }

    /** {@return the key of the element's name in our bundle} JMeter asks for it before this object has fields. */
    @Override
    public abstract String getLabelResource();

    // JMeter would look the resource up in its own bundle
    @Override
    public String getStaticLabel() {
        return Messages.text(getLabelResource());
    }

    @Override
    protected Component createTitleLabel() {
        return help.beside(this, super.createTitleLabel());
    }

    @Override
    public String getDocAnchor() {
        return getStaticLabel().replace(' ', '_');
    }

    @Override
    public Collection<String> getMenuCategories() {
        return List.of(place.category);
    }

    @Override
    public JPopupMenu createPopupMenu() {
        return place.popup.get();
    }

    @Override
    public TestElement createTestElement() {
        TestElement element = newElement.get();
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

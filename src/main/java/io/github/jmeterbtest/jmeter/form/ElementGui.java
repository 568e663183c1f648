package io.github.jmeterbtest.jmeter.form;

import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Insets;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import javax.swing.JPopupMenu;
import org.apache.jmeter.gui.AbstractJMeterGuiComponent;
import org.apache.jmeter.gui.util.MenuFactory;
import org.apache.jmeter.testelement.TestElement;

/**
 * What all forms of this plugin share: carries the texts between a test element's properties and the editors. JMeter's
 * own bases for samplers, config elements and listeners differ in nothing but the menus, which {@link Place} knows; so
 * one base does for all. One form serves all elements of its kind in turn, so every field is written each time.
 */
public abstract class ElementGui extends AbstractJMeterGuiComponent {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final transient Supplier<? extends TestElement> newElement;
    private final transient List<FormField> fields;
    private final FormPanel panel;
    private final transient ElementHelp help;

    /** Where JMeter's menus show an element, and what they offer at it. */
    public enum Place {
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
     * @param place its menus
     * @param newElement makes an element for it
     * @param fields what it shows, in this order
     * @param rules what the fields take
     */
    @SuppressWarnings("this-escape") // a component builds itself from its own overridable methods, as in all of Swing
    protected ElementGui(
            Place place, Supplier<? extends TestElement> newElement, List<FormField> fields, FormRules rules) {
        this.place = place;
        this.newElement = newElement;
        this.fields = fields;
        this.panel = new FormPanel(fields, rules);
        this.help = new ElementHelp(getLabelResource(), rules);
        setLayout(new BorderLayout(0, 5));
        setBorder(makeBorder());
        add(makeTitlePanel(), BorderLayout.NORTH);
        add(panel, BorderLayout.CENTER);
    }

    /** {@return the fields, in the order of the form} */
    final List<FormField> fields() {
        return fields;
    }

    /** {@return the panel with the fields} */
    protected final FormPanel panel() {
        return panel;
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

    /** Texts that wrap ask for the width they had last, and JMeter would never make the form narrower again. */
    @Override
    public Dimension getPreferredSize() {
        Insets insets = getInsets();
        return new Dimension(
                panel.getMinimumSize().width + insets.left + insets.right, super.getPreferredSize().height);
    }

    @Override
    public Collection<String> getMenuCategories() {
        return List.of(place.category);
    }

    @Override
    public JPopupMenu createPopupMenu() {
        return help.in(place.popup.get());
    }

    @Override
    public TestElement createTestElement() {
        TestElement element = newElement.get();
        modifyTestElement(element);
        return element;
    }

    /** Stores every field as text, so that {@code ${variables}} stay what they are. */
    @Override
    public void modifyTestElement(TestElement element) {
        configureTestElement(element);
        fields.forEach(field -> element.setProperty(field.property(), panel.get(field.property())));
    }

    /** Shows an element; a property that it lacks, in a plan written by hand or by an older version, is empty. */
    @Override
    public void configure(TestElement element) {
        super.configure(element);
        fields.forEach(field -> panel.set(field.property(), element.getPropertyAsString(field.property())));
        panel.inherit(property -> inherited(element, property));
    }

    /**
     * {@return the text that another element of the plan gives to an empty property; empty if none does}
     *
     * @param element the element that is shown
     * @param property name of the property
     */
    protected String inherited(TestElement element, String property) {
        return "";
    }

    /** Shows what a new element holds: nothing, which stands for the defaults. */
    @Override
    public void clearGui() {
        super.clearGui();
        panel.clear();
        panel.inherit(property -> "");
    }
}

package io.github.jmeterbtest.jmeter;

import java.util.List;
import org.apache.jmeter.testelement.TestElement;

/**
 * What all forms of this plugin share: carries the texts between a test element's properties and the editors.
 * One form serves all elements of its kind in turn, so every field is written each time.
 */
final class ElementForm {
    private final List<FormField> fields;
    private final FormPanel panel;

    ElementForm(List<FormField> fields, FormRules rules) {
        this.fields = fields;
        panel = new FormPanel(fields, rules);
    }

    /** {@return what it shows, in the order of the form} */
    List<FormField> fields() {
        return fields;
    }

    FormPanel panel() {
        return panel;
    }

    /** Shows an element; a property that it lacks, in a plan written by hand or by an older version, is empty. */
    void show(TestElement element) {
        fields.forEach(field -> panel.set(field.property(), element.getPropertyAsString(field.property())));
    }

    /** Stores every field into an element, as text, so that {@code ${variables}} stay what they are. */
    void store(TestElement element) {
        fields.forEach(field -> element.setProperty(field.property(), panel.get(field.property())));
    }

    /** Shows what a new element holds: nothing, which stands for the defaults. */
    void clear() {
        panel.clear();
    }
}

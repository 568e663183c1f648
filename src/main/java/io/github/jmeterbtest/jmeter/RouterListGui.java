package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.field.FieldCheck;
import io.github.jmeterbtest.jmeter.form.ElementGui;
import io.github.jmeterbtest.jmeter.form.ElementIcon;
import io.github.jmeterbtest.jmeter.form.FormRules;

/** The form of {@link RouterList}. */
public class RouterListGui extends ElementGui {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "routerList";

    private static final FieldCheck NUMBER = FieldCheck.wholeNumber(1, RouterList.MAX_ENGINES);
    /** What the fields of the list take. */
    static final FormRules RULES =
            new FormRules(RouterList.FIELDS).check(RouterList.ENGINE, NUMBER).check(RouterList.ENGINES, NUMBER);

    static {
        ElementIcon.register(RouterListGui.class, ElementIcon.Drawing.SUMMARY);
    }

    /** Builds the form. */
    public RouterListGui() {
        super(Place.CONFIG_ELEMENT, RouterList::new, RouterList.FIELDS, RULES);
    }

    @Override
    public String getLabelResource() {
        return LABEL;
    }
}

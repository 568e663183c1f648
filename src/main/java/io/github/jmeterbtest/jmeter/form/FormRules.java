package io.github.jmeterbtest.jmeter.form;

import io.github.jmeterbtest.jmeter.field.FieldCheck;
import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.jmeter.field.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a form knows beyond its fields: which texts are right for a property, and when a property applies at all. Both
 * only help the one who types: a wrong or idle value is still stored.
 */
public final class FormRules {
    private final List<FormField> fields;
    private final Map<String, FieldCheck> checks = new HashMap<>();
    private final Map<String, List<Condition>> conditions = new HashMap<>();
    private final Set<String> required = new HashSet<>();
    private boolean emptyIsUnknown;

    /** @param fields the fields that the rules are about */
    public FormRules(List<FormField> fields) {
        this.fields = fields;
    }

    /** The property applies while the choice of another one is among some words. */
    private record Condition(FormField choice, Set<String> words) {
        /** A choice that cannot be known, being an expression or half typed, rules nothing out. */
        boolean mayHold(String value, boolean emptyIsUnknown) {
            String word = value.isBlank() && !emptyIsUnknown
                    ? choice.defaultValue()
                    : value.strip().toLowerCase(Locale.ROOT);
            return words.contains(word) || !choice.choices().contains(word);
        }
    }

    /** Adds what texts are right for a property. */
    public FormRules check(String property, FieldCheck check) {
        checks.put(property, check);
        return this;
    }

    /**
     * Adds that a property applies only while a choice has one of some words; of several such rules all must hold.
     *
     * @param property the dependent property
     * @param decider the property of the choice that decides
     * @param words its words for which the property applies
     */
    public FormRules appliesFor(String property, String decider, String... words) {
        FormField choice = fields.stream()
                .filter(field -> field.property().equals(decider))
                .findFirst()
                .orElseThrow();
        conditions.computeIfAbsent(property, key -> new ArrayList<>()).add(new Condition(choice, Set.of(words)));
        return this;
    }

    /** Says that the element does not work without the property, wherever it applies. */
    public FormRules required(String property) {
        required.add(property);
        return this;
    }

    /** Says that an empty choice cannot be known, since another element may give it; else it stands for its default. */
    public FormRules emptyIsUnknown() {
        emptyIsUnknown = true;
        return this;
    }

    /** @return the fields that the rules are about */
    List<FormField> fields() {
        return fields;
    }

    /** @return whether the element does not work without the field */
    boolean isRequired(FormField field) {
        return required.contains(field.property());
    }

    /** @return what an empty field stands for */
    String emptyText(FormField field) {
        if (isRequired(field)) {
            return Messages.text(emptyIsUnknown ? "required.orDefaults" : "required.always");
        }
        return field.defaultValue().isEmpty()
                ? Messages.text(field.property() + ".empty")
                : Messages.text("default", field.defaultValue());
    }

    /** @return what would be right, or nothing if the text is right, empty or an expression */
    Optional<String> problem(FormField field, String text) {
        String stripped = text.strip();
        // an empty field stands for its default
        return stripped.isEmpty() || stripped.contains("${")
                ? Optional.empty()
                : checkOf(field).naming().problem(stripped);
    }

    /**
     * @param property a property
     * @param values gives the present text of any property
     * @return whether the property has any effect beside these values, as far as can be known
     */
    boolean applies(String property, Function<String, String> values) {
        return conditions.getOrDefault(property, List.of()).stream()
                .allMatch(condition ->
                        condition.mayHold(values.apply(condition.choice().property()), emptyIsUnknown));
    }

    private FieldCheck checkOf(FormField field) {
        return switch (field.kind()) {
            case CHOICE -> FieldCheck.oneOf(field.choices());
            case TEXT, PASSWORD -> checks.getOrDefault(field.property(), FieldCheck.ANYTHING);
        };
    }
}

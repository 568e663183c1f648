package io.github.jmeterbtest.jmeter.field;

import java.util.List;

/**
 * One property of a test element as its form shows it. Label and tool tip stand in the resource bundle under the
 * property's name and the name with {@code .tip} behind it, the group's title under the group's name.
 *
 * @param property JMX property name (API)
 * @param kind which editor
 * @param defaultValue what an empty field stands for
 * @param choices the stable English words of a {@link Kind#CHOICE}, which are stored as they are shown; else empty
 * @param group key of the titled box that the field stands in
 * @param option the engine's name of it, RouterOS's where it has one; empty if the engine does not know the field
 */
public record FormField(
        String property, Kind kind, String defaultValue, List<String> choices, String group, String option) {
    /** Which editor shows a field; each of them takes {@code ${variables}} too. */
    public enum Kind {
        /** Any text. */
        TEXT,
        /** Any text, shown as dots. */
        PASSWORD,
        /** One of some words. */
        CHOICE
    }

    /** {@return a field that takes any text} */
    public static FormField text(String group, String property, String defaultValue) {
        return new FormField(property, Kind.TEXT, defaultValue, List.of(), group, "");
    }

    /** {@return a field that hides its text} */
    public static FormField password(String group, String property) {
        return new FormField(property, Kind.PASSWORD, "", List.of(), group, "");
    }

    /** {@return a field that takes one of some words, or an expression} */
    public static FormField choice(String group, String property, String defaultValue, List<String> choices) {
        return new FormField(property, Kind.CHOICE, defaultValue, choices, group, "");
    }

    /** {@return a choice of true and false, since a check box could not be left open for the default} */
    public static FormField yesNo(String group, String property) {
        return choice(group, property, "false", List.of("true", "false"));
    }

    /** {@return the same field, which the engine checks under a name} */
    public FormField checkedAs(String engineOption) {
        return new FormField(property, kind, defaultValue, choices, group, engineOption);
    }

    /** {@return the label, without unit, with the engine's name behind it where that is another one} */
    String displayName() {
        String label = Messages.text(property).replaceFirst(" \\([^()]*\\)$", "");
        return option.isEmpty() || option.equalsIgnoreCase(label) ? label : label + " (" + option + ")";
    }
}

package io.github.jmeterbtest.jmeter.field;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A DSCP as users write it: a number, or one of the names that the IANA has registered for them. */
public final class DscpText {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    /** The first name of a value is the one to show. */
    private static final Map<String, Integer> NAMES = names();

    private DscpText() {}

    private static Map<String, Integer> names() {
        Map<String, Integer> names = new LinkedHashMap<>();
        names.put("default", 0);
        names.put("be", 0);
        names.put("df", 0);
        names.put("le", 1);
        for (int selector = 0; selector < 8; selector++) {
            names.put("cs" + selector, selector << 3);
        }
        for (int queue = 1; queue <= 4; queue++) {
            for (int drop = 1; drop <= 3; drop++) {
                names.put("af" + queue + drop, queue << 3 | drop << 1);
            }
        }
        names.put("va", 44);
        names.put("ef", 46);
        return names;
    }

    /**
     * @param text without spaces around it; a name in upper or lower case
     * @return its value, which may be too large; nothing if the text is no DSCP
     */
    static OptionalInt parse(String text) {
        if (NUMBER.matcher(text).matches()) {
            return OptionalInt.of(Integer.parseInt(text));
        }
        Integer value = NAMES.get(text.toLowerCase(Locale.ROOT));
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** {@return the value, with its name where it has one, such as {@code 46 (ef)}} */
    public static String format(int dscp) {
        return NAMES.entrySet().stream()
                .filter(name -> name.getValue() == dscp)
                .findFirst()
                .map(name -> dscp + " (" + name.getKey() + ")")
                .orElse(Integer.toString(dscp));
    }
}

package io.github.jmeterbtest.jmeter.field;

import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.apache.jmeter.util.JMeterUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The texts of the forms, in JMeter's language where there is a bundle for it, else in English. Never throws: an
 * exception in one form's constructor would take all of JMeter's menus away.
 */
public final class Messages {
    /** Name of the resource bundle. */
    public static final String BUNDLE = "io.github.jmeterbtest.jmeter.messages";

    private static final Logger log = LoggerFactory.getLogger(Messages.class);
    // without it a German JVM under an English JMeter would show German
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Messages() {}

    /**
     * @param key key of the bundle
     * @param arguments for the {@code %s} of the text; without any the text is taken as it is
     * @return the text, or the key if there is none
     */
    public static String text(String key, Object... arguments) {
        try {
            String text = bundle().getString(key);
            return arguments.length == 0 ? text : String.format(Locale.ROOT, text, arguments);
        } catch (MissingResourceException | IllegalFormatException e) {
            log.warn("No valid text for {}: {}", key, e.toString());
            return key;
        }
    }

    private static ResourceBundle bundle() {
        Locale locale = JMeterUtils.getLocale();
        return ResourceBundle.getBundle(
                BUNDLE, locale == null ? Locale.ENGLISH : locale, Messages.class.getClassLoader(), NO_FALLBACK);
    }
}

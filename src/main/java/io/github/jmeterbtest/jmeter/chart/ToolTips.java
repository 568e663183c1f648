package io.github.jmeterbtest.jmeter.chart;

import org.apache.commons.lang3.StringUtils;

/** Tool tips of any length. */
final class ToolTips {
    private static final int LONG = 80;
    private static final int WIDTH = 480;

    private ToolTips() {}

    /** {@return the text as it is, or in several lines if it is long; never as markup} */
    static String wrapped(String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>");
        return StringUtils.containsAny(text, '\n', '<', '&') || text.length() > LONG
                ? "<html><body" + (text.length() > LONG ? " width=" + WIDTH : "") + ">" + escaped
                : text;
    }
}

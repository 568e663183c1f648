package io.github.jmeterbtest.jmeter.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts the report page together: one file of HTML that needs no other, with the chart library and the data inside. */
final class ReportPage {
    private static final String CHART_LIBRARY = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private ReportPage() {}

    /** @param json the data, as {@link RunJson} writes it */
    static String of(byte[] json) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("/*uplot.css*/", resource(CHART_LIBRARY + "uPlot.min.css"));
        parts.put("/*bandwidth.css*/", resource("bandwidth.css"));
        parts.put("/*uplot.js*/", resource(CHART_LIBRARY + "uPlot.iife.min.js"));
        parts.put("/*bandwidth.js*/", resource("bandwidth.js"));
        // in HTML, this would end the script that holds the data
        parts.put("/*data*/", new String(json, StandardCharsets.UTF_8).replace("<", "\\u003c"));
        String page = resource("bandwidth.html");
        for (Map.Entry<String, String> part : parts.entrySet()) {
            page = page.replace(part.getKey(), part.getValue());
        }
        return page;
    }

    private static String resource(String name) throws IOException {
        try (InputStream resource = ReportPage.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IOException("the plugin's jar has no " + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the page of a JMeter HTML report draws. */
final class DashboardGraphs {
    private DashboardGraphs() {}

    /** {@return the points of each series of a graph, epoch ms to value} */
    static Map<String, Map<Long, Double>> of(Path report, String script, String graph) throws IOException {
        String text = Files.readString(report.resolve("content/js").resolve(script));
        Matcher data =
                Pattern.compile(graph + "Infos = \\{\\s+data ?: (\\{.*}),").matcher(text);
        assertThat(data.find()).as("the report has the graph %s", graph).isTrue();
        Map<String, Map<Long, Double>> all = new HashMap<>();
        for (JsonNode series : new ObjectMapper().readTree(data.group(1)).at("/result/series")) {
            Map<Long, Double> points = new TreeMap<>();
            series.get("data")
                    .forEach(point ->
                            points.put(point.get(0).asLong(), point.get(1).asDouble()));
            all.put(series.get("label").asText(), points);
        }
        return all;
    }
}

package io.github.jmeterbtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/grafana/btest-dashboard.json is a dashboard that Grafana can import, over what JMeter's InfluxDB client writes.
 */
class GrafanaDashboardTest {
    private static final Path FILE = Path.of(System.getProperty("btest.examples", "jmx-examples"))
            .resolveSibling("docs/grafana/btest-dashboard.json");
    /** Measurements, tags and fields of JMeter's clients; "ms", "one" and "all" are names that the queries give. */
    private static final Set<String> NAMES = Set.of(
            "jmeter",
            "events",
            "application",
            "transaction",
            "statut",
            "responseCode",
            "responseMessage",
            "count",
            "avg",
            "rb",
            "sb",
            "startedT",
            "endedT",
            "text",
            "ms",
            "one",
            "all",
            "tests",
            "samples",
            "connectTime");

    private final JsonNode dashboard = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new AssertionError(FILE + " is JSON", e);
        }
    }

    @Test
    void asksForTheDataSourceOnImportAndUsesNoOther() {
        assertThat(dashboard.at("/__inputs")).hasSize(1);
        assertThat(dashboard.at("/__inputs/0/name").asText()).isEqualTo("DS_INFLUXDB");
        assertThat(dashboard.at("/__inputs/0/pluginId").asText()).isEqualTo("influxdb");
        assertThat(dashboard.get("id").isNull())
                .as("no number of somebody's Grafana")
                .isTrue();
        assertThat(dashboard.findValues("datasource"))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.get("uid").asText()).isEqualTo("${DS_INFLUXDB}"));
    }

    @Test
    void panelsDoNotOverlapAndHaveQueries() {
        Set<String> cells = new TreeSet<>();
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            assertThat(ids.add(panel.get("id").asInt()))
                    .as("id %s once", panel.get("id"))
                    .isTrue();
            assertThat(panel.get("targets")).isNotEmpty();
            JsonNode at = panel.get("gridPos");
            for (int x = at.get("x").asInt();
                    x < at.get("x").asInt() + at.get("w").asInt();
                    x++) {
                assertThat(x).isLessThan(24);
                for (int y = at.get("y").asInt();
                        y < at.get("y").asInt() + at.get("h").asInt();
                        y++) {
                    assertThat(cells.add(x + "," + y))
                            .as("%s lies on another", panel.get("title"))
                            .isTrue();
                }
            }
        }
        assertThat(dashboard.findValuesAsText("title"))
                .contains(
                        "Receive, all tests together",
                        "Transmit, all tests together",
                        "Latency under load, each test",
                        "Tests running",
                        "Failed tests");
    }

    @Test
    void queriesNameWhatJMeterWrites() {
        List<String> queries = new ArrayList<>();
        dashboard.findValues("query").forEach(query -> queries.add(query.asText()));
        assertThat(queries).hasSizeGreaterThan(7).allSatisfy(query -> {
            assertThat(Pattern.compile("\"([^\"]+)\"")
                            .matcher(query)
                            .results()
                            .map((MatchResult name) -> name.group(1)))
                    .as(query)
                    .isSubsetOf(NAMES);
            assertThat(query.chars().filter(c -> c == '(').count())
                    .as(query)
                    .isEqualTo(query.chars().filter(c -> c == ')').count());
        });
    }
}

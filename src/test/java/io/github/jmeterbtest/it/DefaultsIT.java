package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jmeterbtest.it.Results.Row;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MikroTik Bandwidth Test Defaults in a real JMeter: nested, with variables and functions, against own values. */
class DefaultsIT {
    @TempDir
    private Path directory;

    private static String test(String type, String name, String... values) {
        return Plan.element(type, name, "BandwidthTest", values);
    }

    @Test
    void anEmptyFieldTakesTheNearestDefaultsAndThenTheBuiltInOnes() throws Exception {
        Path plan = Plan.write(
                directory,
                Plan.element("BandwidthServerConfig", "server", "BandwidthServer", "port", "0"),
                test(
                        "BandwidthTestDefaults",
                        "far",
                        "server",
                        "127.0.0.1",
                        "port",
                        "${btest_server_port}",
                        "direction",
                        "transmit",
                        "duration",
                        "${__P(btest.duration)}",
                        "intervalReporting",
                        "none"),
                test("BandwidthTestSampler", "below far", "direction", "", "port", ""),
                Plan.controller(
                        test("BandwidthTestDefaults", "near", "direction", "both", "connectionCount", "2", "port", ""),
                        test(
                                "BandwidthTestSampler",
                                "below both",
                                "direction",
                                "",
                                "connectionCount",
                                "3",
                                "randomData",
                                "")));
        try (JMeterProcess jmeter = JMeterProcess.run(plan, directory, Results.with("btest.duration=0.3"))) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows)
                    .as("intervals are off by the far defaults")
                    .extracting(Row::label)
                    .containsExactly("below far", "below both");
            assertThat(rows).allMatch(Row::successful, "is successful");
            assertTest(rows.get(0).json(), "transmit", 1);
            assertTest(rows.get(1).json(), "both", 3);
        }
    }

    private static void assertTest(JsonNode json, String direction, int connections) {
        assertThat(json.at("/direction").asText()).isEqualTo(direction);
        assertThat(json.at("/connections").asInt()).isEqualTo(connections);
        assertThat(json.at("/protocol").asText()).as("built in").isEqualTo("tcp");
        assertThat(json.at("/durationMs").asDouble())
                .as("and not ten seconds, as built in")
                .isBetween(299.0, 9_999.0);
    }
}

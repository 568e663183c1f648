package io.github.jmeterbtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.jmeter.BandwidthTestSampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** .github/plugins-manager.json, by which JMeter's Plugins Manager finds out what a test plan needs. */
class PluginsManagerEntryTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("btest.examples", "jmx-examples"));
    private static final Pattern OUR_CLASS = Pattern.compile("\"(io\\.github\\.jmeterbtest\\.[\\w.]+)\"");

    private JsonNode entry;

    @BeforeEach
    void read() throws IOException {
        Path file = EXAMPLES.resolveSibling(".github/plugins-manager.json");
        entry = new ObjectMapper().readTree(file.toFile()).get(0);
    }

    private Set<String> classes() {
        Set<String> classes = new TreeSet<>();
        entry.get("componentClasses").forEach(name -> classes.add(name.asText()));
        return classes;
    }

    @Test
    void theClassesExist() {
        assertThat(classes())
                .allSatisfy(
                        name -> assertThat(Class.forName(name, false, getClass().getClassLoader()))
                                .isPublic());
        assertThat(entry.get("markerClass").asText()).isEqualTo(BandwidthTestSampler.class.getName());
    }

    @Test
    void theClassesOfTheExamplesAreAmongThem() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<Path> plans =
                    files.filter(file -> file.toString().endsWith(".jmx")).toList();
            assertThat(plans).isNotEmpty();
            for (Path plan : plans) {
                OUR_CLASS.matcher(Files.readString(plan)).results().forEach(found -> used.add(found.group(1)));
            }
        }
        assertThat(used).isNotEmpty();
        assertThat(classes()).containsAll(used);
    }

    @Test
    void theVersionIsFilledInByTheRelease() {
        assertThat(entry.get("versions").fieldNames()).toIterable().containsExactly("@VERSION@");
    }
}

package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnginePropertiesTest {
    @ParameterizedTest
    @CsvSource({"false, , false", "false, true, true", ", false, false", ", ,"})
    void aPropertyOfJMeterCountsUnlessThereIsASystemProperty(String jmeter, String system, String counts) {
        Properties given = properties(jmeter);
        Properties engine = properties(system);
        EngineProperties.apply(given, engine);
        assertThat(engine.getProperty("btest.batching")).isEqualTo(counts);
    }

    private static Properties properties(String batching) {
        Properties properties = new Properties();
        if (batching != null) {
            properties.setProperty("btest.batching", batching);
        }
        return properties;
    }
}

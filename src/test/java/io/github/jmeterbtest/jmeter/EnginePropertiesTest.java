package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnginePropertiesTest {
    @ParameterizedTest
    @CsvSource({"false, , false", "false, true, true", ", false, false", ", ,"})
    void aPropertyOfJMeterCountsUnlessThereIsASystemProperty(String jmeter, String system, String counts) {
        Properties given = properties(jmeter);
        Properties engine = properties(system);
        new EngineProperties(engine).take(given);
        assertThat(engine.getProperty("btest.batching")).isEqualTo(counts);
    }

    @Test
    void theNextRunOfAnEngineCanHaveAnotherValue() {
        Properties engine = new Properties();
        EngineProperties ofEngine = new EngineProperties(engine);
        ofEngine.take(properties("false"));
        ofEngine.take(properties("true"));
        assertThat(engine.getProperty("btest.batching")).isEqualTo("true");
    }

    private static Properties properties(String batching) {
        Properties properties = new Properties();
        if (batching != null) {
            properties.setProperty("btest.batching", batching);
        }
        return properties;
    }
}

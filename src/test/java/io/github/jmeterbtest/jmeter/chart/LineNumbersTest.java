package io.github.jmeterbtest.jmeter.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineNumbersTest {
    @Test
    void ofEndlesslyManyNamesTheFirstKeepTheirNumbers() {
        LineNumbers numbers = new LineNumbers();
        int first = numbers.of("first");
        int highest = IntStream.range(0, 3 * LineNumbers.MAX_NAMES)
                .map(i -> numbers.of("failed " + i))
                .max()
                .orElseThrow();
        assertThat(highest).isLessThan(LineNumbers.MAX_NAMES + ChartColours.DISTINCT);
        assertThat(numbers.of("first")).isEqualTo(first);
        assertThat(numbers.of("another")).isEqualTo(numbers.of("another"));
    }
}

package io.github.jmeterbtest.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

    private static final long MAX = Command.MAX_SPEED;

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "' ', 0",
        "0, 0",
        "0M, 0",
        "1, 1",
        "300, 300",
        "500k, 500000",
        "500K, 500000",
        "100M, 100000000",
        "100m, 100000000",
        "1G, 1000000000",
        "1g, 1000000000",
        "4G, 4000000000",
        "1.5M, 1500000",
        "0.001k, 1",
        "4.294967295G, 4294967295",
        "4294967295, 4294967295",
        "' 10M ', 10000000",
        "10 M, 10000000",
        "10Mbps, 10000000",
        "10 Mbit/s, 10000000",
        "10Mbps, 10000000",
        "10Mbit, 10000000",
        "10 Mbits, 10000000",
        "64 bit/s, 64",
        "0010k, 10000",
        "1.000, 1"
    })
    void aSpeedIsANumberWithAnOptionalUnit(String text, long bitsPerSecond) {
        assertThat(Rate.parse("local-tx-speed", text, MAX)).isEqualTo(bitsPerSecond);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fast", "-1", "1T", "1,5M", "1.M", ".5M", "1e6", "M", "100MB", "0x10", "1 0", "100MM", "NaN", "١٠"
            })
    void anythingElseIsNoSpeed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.parse("local-tx-speed", text, MAX))
                .withMessage("local-tx-speed \"" + text
                        + "\" is not a speed: enter bit/s, optionally with k, M or G, such as 100M; 0 for unlimited");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "1.0005k", "0.000000001M"})
    void halfABitIsNoSpeed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.parse("remote-tx-speed", text, MAX))
                .withMessage("remote-tx-speed \"" + text + "\" is not a whole number of bit/s");
    }

    /** The largest one must be named in full: "4.2999G is above 4.3 Gbit/s" would be nonsense. */
    @ParameterizedTest
    @ValueSource(strings = {"4294967296", "4.2999G", "5G", "999999999999999G"})
    void aSpeedAboveTheLargestIsNamedWithTheLargest(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rate.parse("remote-tx-speed", text, MAX))
                .withMessageContaining("remote-tx-speed \"" + text + "\"")
                .withMessageContaining("4294967295")
                .withMessageContaining("0 for unlimited");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bit/s",
        "1, 1 bit/s",
        "999, 999 bit/s",
        "1000, 1.0 kbit/s",
        "1500, 1.5 kbit/s",
        "999949, 999.9 kbit/s",
        "999950, 1.0 Mbit/s",
        "941234567, 941.2 Mbit/s",
        "2500000000, 2.5 Gbit/s",
        "12345678901234, 12345.7 Gbit/s"
    })
    void aSpeedIsShownWithTheUnitThatKeepsItShort(double bitsPerSecond, String text) {
        assertThat(Rate.format(bitsPerSecond)).isEqualTo(text);
    }

    @Test
    void aFractionOfABitDoesNotMakeAFourthDigit() {
        assertThat(Rate.format(999.4)).isEqualTo("999 bit/s");
        assertThat(Rate.format(999.7)).isEqualTo("1.0 kbit/s");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bit/s",
        "999, 999 bit/s",
        "1000, 1 kbit/s",
        "900000000, 900 Mbit/s",
        "1250000000, 1.25 Gbit/s",
        "899999999, 899.999999 Mbit/s",
        "1000000000000, 1000 Gbit/s"
    })
    void everyDigitCanBeShown(long bitsPerSecond, String shown) {
        assertThat(Rate.formatExactly(bitsPerSecond)).isEqualTo(shown);
    }
}

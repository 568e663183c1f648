package io.github.jmeterbtest.jmeter.field;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1500, 1500",
        "64k, 64000",
        "500M, 500000000",
        "500 MB, 500000000",
        "1.5G, 1500000000",
        "2tB, 2000000000000",
        "0.001k, 1",
        "999999999999999T, 9223372036854775807"
    })
    void readsBytesAndThousandsOfThem(String text, long bytes) {
        assertThat(VolumeText.parse(text)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "-1", "1.5", "0.0001k", "5 Mb", "5MiB", "500 Mbit", "1e6", "unlimited"})
    void anythingElseIsNone(String text) {
        assertThat(VolumeText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1 bytes", "1500, 1.5 kB", "500000000, 500 MB", "1000000000000000, 1000 TB"})
    void writesWhatTheUserGave(long bytes, String text) {
        assertThat(VolumeText.format(bytes)).isEqualTo(text);
    }
}

package io.github.jmeterbtest.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {

    private static final String STATUS = "07 85 00 00 01 00 00 00 40 42 0f 00";

    /** The first and the third are the beginnings of a loaded router's first statuses, as captured. */
    @ParameterizedTest
    @CsvSource({
        "07 e4 00 00 01 00 00 00 00 00 00 00, 100, 1, 0",
        "07 e4 00 00 00 00 00 00 00 00 00 00, 100, 0, 0",
        "07 aa 00 00 02 00 00 00 40 42 0f 00, 42, 2, 1000000",
        "07 80 00 00 03 00 00 00 ff ff ff ff, 0, 3, 4294967295",
        "07 81 00 00 04 03 02 01 d4 c3 b2 a1, 1, 16909060, 2712847316",
        "07 e4 00 00 ff ff ff ff 01 00 00 00, 100, 4294967295, 1"
    })
    void aStatusReadsAndWritesTheSameBytes(String bytes, int cpu, long sequence, long received) throws Exception {
        Status status = new Status(cpu, sequence, received);
        assertThat(Status.decode(Hex.bytes(bytes))).isEqualTo(status);
        assertThat(Hex.text(status.encode())).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "07 00 00 00 01 00 00 00 01 00 00 00, 0",
        "07 2a 00 00 01 00 00 00 01 00 00 00, 42",
        "07 64 00 00 01 00 00 00 01 00 00 00, 100"
    })
    void theFlagBesideTheCpuLoadMayBeMissing(String bytes, int cpu) throws Exception {
        assertThat(Status.decode(Hex.bytes(bytes))).isEqualTo(new Status(cpu, 1, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 6, byte 0 is 06 instead of 07",
        "0, 135, byte 0 is 87 instead of 07",
        "1, 101, byte 1 is 65 instead of a load of 00..64",
        "1, 229, byte 1 is e5 instead of a load of 00..64",
        "1, 255, byte 1 is ff instead of a load of 00..64",
        "2, 1, byte 2 is 01 instead of 00",
        "3, 128, byte 3 is 80 instead of 00"
    })
    void aWrongByteIsNamedWithItsPlaceItsValueAndWhatWouldBeRight(int index, int value, String message) {
        assertThatThrownBy(() -> Status.decode(Hex.with(STATUS, index, value)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("status: " + message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 13})
    void anotherLengthIsRefused(int length) {
        assertThatThrownBy(() -> Status.decode(new byte[length]))
                .hasMessageStartingWith("status: " + length + " bytes instead of 12");
    }

    @ParameterizedTest
    @CsvSource({"11, 00)", "16, 00)", "17, 00 …)"})
    void theMessageShowsSixteenBytesAtMost(int length, String end) {
        assertThatThrownBy(() -> Status.decode(new byte[length]))
                .hasMessageEndingWith("(received" + " 00".repeat(Math.min(length, 16) - 1) + ' ' + end);
    }

    @Test
    void aValueThatDoesNotFitItsFieldIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Status(-1, 1, 0))
                .withMessageContaining("-1 is outside 0..100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Status(101, 1, 0))
                .withMessageContaining("101 is outside 0..100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Status(0, -1, 0))
                .withMessageContaining("-1 is outside");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Status(0, 1L << 32, 0))
                .withMessageContaining("4294967296 is outside 0..4294967295");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Status(0, 1, 1L << 32))
                .withMessageContaining("4294967296 is outside 0..4294967295");
    }
}

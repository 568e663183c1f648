package io.github.jmeterbtest.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statuses that stand alone, in the layouts of several peers. */
class StatusDecoderTest {
    private final StatusDecoder decoder = new StatusDecoder();

    private Status decode(String bytes) throws MalformedMessageException {
        return decoder.decode(Hex.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "07 e4 00 00 01 00 00 00 40 42 0f 00, 100, 1, 1000000",
        "07 ff 00 00 01 00 00 00 40 42 0f 00, 100, 1, 1000000",
        "07 2a 00 00 ff 00 00 00 40 42 0f 00, 42, 255, 1000000",
        "07 80 00 00 00 01 00 00 40 42 0f 00, 0, 256, 1000000",
        "07 d4 07 be 01 00 00 00 40 42 0f 00, 84, 1, 1000000"
    })
    void aStatusIsReadWhateverItsSecondAndThirdByteAre(String bytes, int cpu, long sequence, long received)
            throws Exception {
        assertThat(decode(bytes)).isEqualTo(new Status(cpu, sequence, received));
    }

    /** Bytes 1 to 4 would make a number of more than three milliards. */
    @Test
    void routerOs7CountsOnWithOtherBytesThanZeroBeforeItsNumber() throws Exception {
        for (int i = 1; i <= 600; i++) {
            Status status = decode("07 d4 " + (i % 2 == 0 ? "07 be " : "00 00 ")
                    + String.format("%02x %02x", i & 0xFF, i >>> 8) + " 00 00 40 42 0f 00");
            assertThat(status).isEqualTo(new Status(84, i, 1_000_000));
        }
    }

    @Test
    void aBigEndianNumberIsFollowedBeyond255() throws Exception {
        for (int i = 1; i <= 70_000; i++) {
            Status status = decode(String.format(
                    "07 %02x %02x %02x %02x 00 00 00 01 00 00 00",
                    i >>> 24, i >>> 16 & 0xFF, i >>> 8 & 0xFF, i & 0xFF));
            assertThat(status).isEqualTo(new Status(0, i, 1));
        }
    }

    /** A peer may set the flag beside the CPU load from time to time only. */
    @Test
    void aStatusThatBothLayoutsReadAlikeDecidesNothing() throws Exception {
        assertThat(decode("07 00 00 00 00 00 00 00 01 00 00 00")).isEqualTo(new Status(0, 0, 1));
        assertThat(decode("07 00 00 00 01 00 00 00 01 00 00 00")).isEqualTo(new Status(0, 1, 1));
        assertThat(decode("07 85 00 00 02 00 00 00 01 00 00 00")).isEqualTo(new Status(5, 2, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "07 00 00 01 01 01 00 00 01 00 00 00, 257",
        "07 00 00 01 01 00 01 00 01 00 00 00, 65537",
        "07 00 00 01 01 00 00 01 01 00 00 00, 16777217"
    })
    void aNumberAboveTheBigEndianOneIsTheUsualOne(String bytes, long sequence) throws Exception {
        for (int i = 0; i <= 256; i++) {
            decode(String.format("07 00 00 %02x %02x 00 00 00 01 00 00 00", i >>> 8, i & 0xFF));
        }
        assertThat(decode(bytes).sequence()).isEqualTo(sequence);
    }

    /** Whatever its bytes 2 and 3 are: one status alone proves nothing. */
    @Test
    void aNumberThatFollowsNothingIsTakenAsUsual() throws Exception {
        assertThat(decode("07 80 00 01 07 00 00 00 01 00 00 00").sequence()).isEqualTo(7);
        assertThat(decode("07 80 00 01 02 00 00 00 01 00 00 00").sequence()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"06 80 00 00 01 00 00 00 00 00 00 00", "87 80 00 00 01 00 00 00 00 00 00 00", "07 80 00 00"})
    void whatIsNoStatusIsRefused(String bytes) {
        assertThatThrownBy(() -> decode(bytes)).isInstanceOf(MalformedMessageException.class);
    }
}

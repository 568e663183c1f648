package io.github.jmeterbtest.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinRequestTest {

    private static final String JOIN = "ab cd 02 00 00 00 00 00 00 00 00 00 00 00 00 00";

    @Test
    void aJoinRequestIsTheTokenThenTwoThenZeros() throws Exception {
        assertThat(Hex.text(new JoinRequest(0xABCD).encode())).isEqualTo(JOIN);
        assertThat(OpeningMessage.decode(Hex.bytes(JOIN))).isEqualTo(new JoinRequest(0xABCD));
    }

    /** Such tokens look like the beginning of a command: protocol 1, direction 3. */
    @ParameterizedTest
    @ValueSource(ints = {1, 0x0103, 0x0002, 0x8000, 0xFFFF})
    void aTokenThatLooksLikeACommandStillJoins(int token) throws Exception {
        assertThat(OpeningMessage.decode(new JoinRequest(token).encode())).isEqualTo(new JoinRequest(token));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 9, 15})
    void aByteBehindTheMarkThatIsNotZeroIsNamed(int index) {
        assertThatThrownBy(() -> OpeningMessage.decode(Hex.with(JOIN, index, 0x5a)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("join request: byte " + index + " is 5a instead of 00");
    }

    @Test
    void aZeroTokenJoinsNothing() {
        assertThatThrownBy(() -> OpeningMessage.decode(Hex.bytes("00 00" + JOIN.substring(5))))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("join request: byte 0 is 00 instead of a session token");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "65536"})
    void aTokenOutsideSixteenBitsIsNamed(int token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JoinRequest(token))
                .withMessage("token " + token + " is outside 1..65535");
    }
}

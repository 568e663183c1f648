package io.github.jmeterbtest.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerReplyTest {

    static Stream<Arguments> replies() {
        return Stream.of(
                Arguments.of("00 00 00 00", new ServerReply.Refused()),
                Arguments.of("01 00 00 00", new ServerReply.Ok(0)),
                Arguments.of("01 00 01 00", new ServerReply.Ok(1)),
                Arguments.of("01 ab cd 00", new ServerReply.Ok(0xABCD)),
                Arguments.of("01 ff ff 00", new ServerReply.Ok(0xFFFF)),
                Arguments.of("02 00 00 00", new ServerReply.Md5Required()),
                Arguments.of("03 00 00 00", new ServerReply.EcSrp5Required()));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void aReplyIsUnderstood(String bytes, ServerReply reply) throws Exception {
        assertThat(ServerReply.decode(Hex.bytes(bytes))).isEqualTo(reply);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void aReplyIsWritten(String bytes, ServerReply reply) {
        assertThat(Hex.text(reply.encode())).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "04 00 00 00, 'byte 0 is 04 instead of 00 (refused), 01 (OK), 02 (MD5) or 03 (EC-SRP5)'",
        "ff 00 00 00, 'byte 0 is ff instead of 00 (refused), 01 (OK), 02 (MD5) or 03 (EC-SRP5)'",
        "00 01 00 00, byte 1 is 01 instead of 00",
        "00 00 00 09, byte 3 is 09 instead of 00",
        "02 00 80 00, byte 2 is 80 instead of 00",
        "03 00 00 01, byte 3 is 01 instead of 00"
    })
    void aWrongByteIsNamedWithItsPlaceItsValueAndWhatWouldBeRight(String bytes, String message) {
        assertThatThrownBy(() -> ServerReply.decode(Hex.bytes(bytes)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("server reply: " + message)
                .hasMessageContaining("received " + bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5})
    void anotherLengthIsRefused(int length) {
        assertThatThrownBy(() -> ServerReply.decode(new byte[length]))
                .hasMessageStartingWith("server reply: " + length + " bytes instead of 4");
        assertThatThrownBy(() -> ServerReply.requireHello(new byte[length]))
                .hasMessageStartingWith("HELLO: " + length + " bytes instead of 4");
    }

    @Test
    void theServersFirstWordIsHello() {
        assertThat(Hex.text(ServerReply.HELLO.encode())).isEqualTo("01 00 00 00");
        assertThatCode(() -> ServerReply.requireHello(Hex.bytes("01 00 00 00"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "00 00 00 00, HELLO: byte 0 is 00 instead of 01",
        "01 02 00 00, HELLO: byte 1 is 02 instead of 00",
        "01 00 00 03, HELLO: byte 3 is 03 instead of 00",
        "53 53 48 2d, HELLO: byte 0 is 53 instead of 01"
    })
    void anythingElseIsNoHello(String bytes, String message) {
        assertThatThrownBy(() -> ServerReply.requireHello(Hex.bytes(bytes)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void aTokenOutsideSixteenBitsIsNamed(int token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServerReply.Ok(token))
                .withMessage("token " + token + " is outside 0..65535");
    }
}

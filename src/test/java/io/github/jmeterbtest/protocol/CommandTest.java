package io.github.jmeterbtest.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

    private static final String UDP_RECEIVE = "00 02 01 00 dc 05 00 00 00 00 00 00 00 00 00 00";

    /** As sent by RouterOS. */
    static Stream<Arguments> captured() {
        return Stream.of(
                Arguments.of(
                        "01 03 01 14 00 80 00 00 00 00 00 00 00 00 00 00",
                        new Command(Protocol.TCP, Direction.BOTH, false, 20, 0x8000, 0, 0, 0)),
                Arguments.of(
                        "00 03 01 00 e8 03 00 00 2c 01 00 00 2c 01 00 00",
                        new Command(Protocol.UDP, Direction.BOTH, false, 0, 1000, 0, 300, 300)),
                Arguments.of(
                        "01 01 01 00 00 80 00 00 00 00 00 00 00 00 00 00",
                        new Command(Protocol.TCP, Direction.TRANSMIT, false, 0, 0x8000, 0, 0, 0)),
                Arguments.of(
                        "01 01 00 00 00 80 00 00 00 00 00 00 00 00 00 00",
                        new Command(Protocol.TCP, Direction.TRANSMIT, true, 0, 0x8000, 0, 0, 0)),
                Arguments.of(UDP_RECEIVE, new Command(Protocol.UDP, Direction.RECEIVE, false, 0, 1500, 0, 0, 0)),
                Arguments.of(
                        "01 02 01 00 00 80 00 00 01 00 00 00 00 00 00 00",
                        new Command(Protocol.TCP, Direction.RECEIVE, false, 0, 0x8000, 0, 1, 0)));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void aCapturedCommandIsUnderstood(String bytes, Command command) throws Exception {
        assertThat(OpeningMessage.decode(Hex.bytes(bytes))).isEqualTo(command);
    }

    @ParameterizedTest
    @MethodSource("captured")
    void aCommandIsWrittenAsItWasCaptured(String bytes, Command command) {
        assertThat(Hex.text(command.encode())).isEqualTo(bytes);
    }

    @Test
    void everyFieldHasItsOwnPlaceAndAllItsBits() throws Exception {
        Command command =
                new Command(Protocol.TCP, Direction.TRANSMIT, true, 0xFE, 0xABCD, 0xEF01, 0xFEDC_BA98L, 0x8765_4321L);
        assertThat(Hex.text(command.encode())).isEqualTo("01 01 00 fe cd ab 01 ef 98 ba dc fe 21 43 65 87");
        assertThat(OpeningMessage.decode(command.encode())).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2, 'command: byte 0 is 02 instead of 00 or 01 (protocol)'",
        "0, 255, 'command: byte 0 is ff instead of 00 or 01 (protocol)'",
        "1, 0, 'command: byte 1 is 00 instead of 01, 02 or 03 (direction)'",
        "1, 4, 'command: byte 1 is 04 instead of 01, 02 or 03 (direction)'",
        "1, 130, 'command: byte 1 is 82 instead of 01, 02 or 03 (direction)'",
        "2, 3, 'command: byte 2 is 03 instead of 00 or 01 (data)'",
        "2, 128, 'command: byte 2 is 80 instead of 00 or 01 (data)'"
    })
    void aWrongByteIsNamedWithItsPlaceItsValueAndWhatWouldBeRight(int index, int value, String message) {
        assertThatThrownBy(() -> OpeningMessage.decode(Hex.with(UDP_RECEIVE, index, value)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aRefusalShowsTheBytesSoThatAStrangerCanBeRecognised() {
        assertThatThrownBy(() -> OpeningMessage.decode("GET / HTTP/1.0\r\n".getBytes(StandardCharsets.US_ASCII)))
                .hasMessageContaining("byte 0 is 47")
                .hasMessageContaining("47 45 54 20");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17})
    void anotherLengthIsRefused(int length) {
        assertThatThrownBy(() -> OpeningMessage.decode(new byte[length]))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("command: " + length + " bytes instead of 16");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 27, 64001, 65535})
    void aUdpSizeThatIsNoPacketIsRefused(int size) {
        byte[] bytes = Hex.with(UDP_RECEIVE, 4, size);
        bytes[5] = (byte) (size >>> 8);
        assertThatThrownBy(() -> OpeningMessage.decode(bytes))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("command: UDP tx size " + size + " is outside 28..64000");
    }

    @ParameterizedTest
    @ValueSource(ints = {28, 64000})
    void theSmallestAndTheLargestUdpSizeAreTaken(int size) throws Exception {
        Command command = new Command(Protocol.UDP, Direction.BOTH, true, 0, size, 0, 0, 0);
        assertThat(OpeningMessage.decode(command.encode())).isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535})
    void anyTcpSizeIsTaken(int size) throws Exception {
        Command command = new Command(Protocol.TCP, Direction.BOTH, true, 0, size, 0, 0, 0);
        assertThat(OpeningMessage.decode(command.encode())).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0, 0, 0, connection count -1 is outside 0..255",
        "256, 0, 0, 0, 0, connection count 256 is outside 0..255",
        "0, -1, 0, 0, 0, tx size -1 is outside 0..65535",
        "0, 65536, 0, 0, 0, tx size 65536 is outside 0..65535",
        "0, 0, 65536, 0, 0, client buffer size 65536 is outside 0..65535",
        "0, 0, 0, -1, 0, remote tx speed -1 is outside 0..4294967295",
        "0, 0, 0, 4294967296, 0, remote tx speed 4294967296 is outside 0..4294967295",
        "0, 0, 0, 0, 4294967296, local tx speed 4294967296 is outside 0..4294967295"
    })
    void aValueThatDoesNotFitItsFieldIsNamed(int count, int size, int buffer, long remote, long local, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Command(Protocol.TCP, Direction.BOTH, false, count, size, buffer, remote, local))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 2", "255, 255"})
    void aCountOfNoneMeansOneConnection(int count, int connections) {
        Command command = new Command(Protocol.TCP, Direction.RECEIVE, false, count, 0, 0, 0, 0);
        assertThat(command.connections()).isEqualTo(connections);
    }
}

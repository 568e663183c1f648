package io.github.jmeterbtest.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UdpHeaderTest {

    @ParameterizedTest
    @CsvSource({
        "1500, 28, 1472",
        "1500, 48, 1452",
        "64000, 28, 63972",
        "28, 28, 4",
        "31, 28, 4",
        "32, 28, 4",
        "33, 28, 5",
        "28, 48, 4",
        "52, 48, 4",
        "53, 48, 5"
    })
    void thePayloadIsThePacketWithoutItsHeadersButHoldsTheSequenceNumber(int txSize, int overhead, int payload) {
        assertThat(UdpHeader.payloadLength(txSize, overhead)).isEqualTo(payload);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00 00 00 00",
        "1, 00 00 00 01",
        "16909060, 01 02 03 04",
        "2147483647, 7f ff ff ff",
        "-1, ff ff ff ff",
        "-2147483648, 80 00 00 00"
    })
    void theSequenceNumberIsBigEndian(int sequence, String bytes) {
        ByteBuffer datagram = ByteBuffer.allocate(6);
        UdpHeader.putSequence(datagram, 0, sequence);
        assertThat(Hex.text(datagram.array())).isEqualTo(bytes + " 00 00");
        assertThat(UdpHeader.sequence(datagram, 0)).isEqualTo(sequence);
    }

    @Test
    void neitherTheBuffersByteOrderNorItsPositionMatters() {
        ByteBuffer datagram =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).position(5);
        UdpHeader.putSequence(datagram, 0, 0x01020304);
        assertThat(Hex.text(datagram.array())).isEqualTo("01 02 03 04 00 00 00 00");
        assertThat(UdpHeader.sequence(datagram, 0)).isEqualTo(0x01020304);
        assertThat(datagram.position()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"2001, 07 d1", "1, 00 01", "255, 00 ff", "256, 01 00", "65279, fe ff"})
    void thePortIsBigEndian(int port, String bytes) throws Exception {
        assertThat(Hex.text(UdpHeader.encodePort(port))).isEqualTo(bytes);
        assertThat(UdpHeader.decodePort(Hex.bytes(bytes))).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({"00 00, 0", "ff 00, 65280", "ff ff, 65535"})
    void aPortWithoutOneThatIs256HigherIsRefused(String bytes, int port) {
        assertThatThrownBy(() -> UdpHeader.decodePort(Hex.bytes(bytes)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("UDP port " + port + " is outside 1..65279");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void anotherLengthIsRefused(int length) {
        assertThatThrownBy(() -> UdpHeader.decodePort(new byte[length]))
                .hasMessageStartingWith("UDP port: " + length + " bytes instead of 2");
    }
}

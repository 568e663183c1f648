package io.github.jmeterbtest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectionTest {

    @ParameterizedTest
    @CsvSource({"RECEIVE, true, false, receive", "TRANSMIT, false, true, transmit", "BOTH, true, true, both"})
    void theWordsAreSaidFromTheClientsSide(Direction direction, boolean receives, boolean transmits, String word) {
        assertThat(direction.clientReceives()).isEqualTo(receives);
        assertThat(direction.clientTransmits()).isEqualTo(transmits);
        assertThat(direction.word()).isEqualTo(word).isEqualTo(direction.toString());
    }

    /** On the wire bit 0 is "the server receives" and bit 1 is "the server transmits". */
    @ParameterizedTest
    @CsvSource({"RECEIVE, 2", "TRANSMIT, 1", "BOTH, 3"})
    void theWireSaysWhatTheServerDoes(Direction direction, int bits) {
        byte[] command = new Command(Protocol.TCP, direction, false, 0, 0, 0, 0, 0).encode();
        assertThat(command[1]).isEqualTo((byte) bits);
        assertThat((bits & 1) != 0).isEqualTo(direction.clientTransmits());
        assertThat((bits & 2) != 0).isEqualTo(direction.clientReceives());
    }

    @Test
    void theProtocolsHaveRouterOsNamesAndNumbers() {
        assertThat(Protocol.UDP.word()).isEqualTo("udp").isEqualTo(Protocol.UDP.toString());
        assertThat(Protocol.TCP.word()).isEqualTo("tcp").isEqualTo(Protocol.TCP.toString());
        assertThat(new Command(Protocol.UDP, Direction.BOTH, false, 0, 28, 0, 0, 0).encode()[0])
                .isZero();
        assertThat(new Command(Protocol.TCP, Direction.BOTH, false, 0, 28, 0, 0, 0).encode()[0])
                .isEqualTo((byte) 1);
    }
}

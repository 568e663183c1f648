package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two blocks of 32 KiB are 524,288 bits. */
class LostPeerTimeoutTest {
    private static final Duration SET = Duration.ofSeconds(5);

    private static long seconds(Side side, Command command) {
        return LostPeerTimeout.of(side, SET, command).toSeconds();
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT, RECEIVE, 0, 262144, 8",
        "CLIENT, TRANSMIT, 262144, 262144, 6",
        "CLIENT, BOTH, 262144, 262144, 6",
        "SERVER, RECEIVE, 0, 262144, 8",
        "SERVER, TRANSMIT, 262144, 0, 8",
        "SERVER, BOTH, 262144, 0, 8",
        "CLIENT, RECEIVE, 0, 524288, 7",
        "CLIENT, RECEIVE, 0, 524289, 6",
        "CLIENT, RECEIVE, 0, 0, 6",
        "CLIENT, RECEIVE, 0, 1, 66"
    })
    void aSlowSenderMayPauseForTwoBlocks(Side side, Direction direction, long local, long remote, long seconds) {
        Command tcp = new Command(Protocol.TCP, direction, false, 0, 0, 0, remote, local);
        assertThat(seconds(side, tcp)).isEqualTo(seconds);
        Command udp = new Command(Protocol.UDP, direction, false, 0, 1500, 0, remote, local);
        assertThat(seconds(side, udp)).as("sends single packets").isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "32768, 1", "65535, 1", "65535, 2"})
    void aLargerBlockTakesLonger(int txSize, long times) {
        long twoBlocks = 2L * 8 * Math.max(txSize, 32768);
        Command tcp = new Command(Protocol.TCP, Direction.RECEIVE, false, 0, txSize, 0, twoBlocks / times, 0);
        assertThat(seconds(Side.CLIENT, tcp)).isEqualTo(6 + times);
    }
}

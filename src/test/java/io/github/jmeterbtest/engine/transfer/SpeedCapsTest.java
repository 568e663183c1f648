package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeedCapsTest {
    private static final int UNLIMITED = 0;

    /** A thread that moves very many small packets has no time to wait, and would keep a core from all that have. */
    @ParameterizedTest
    @CsvSource({
        "UDP, 1500, 100000000, true",
        "UDP, 1500, 100000001, false",
        "UDP, 28, 100000000, false",
        "UDP, 28, 1000000, true",
        "TCP, 0, 100000000, true",
        "TCP, 32768, 100000000, true",
        "TCP, 1, 100000000, true",
        "TCP, 0, 0, false"
    })
    void aTestIsSlowIfItsThreadsHaveTimeToWait(Protocol protocol, int txSize, long speed, boolean slow) {
        for (Direction direction : Direction.values()) {
            Command command = new Command(protocol, direction, false, 0, txSize, 0, speed, speed);
            assertThat(SpeedCaps.of(Side.CLIENT, command).slow()).isEqualTo(slow);
            assertThat(SpeedCaps.of(Side.SERVER, command).slow()).isEqualTo(slow);
        }
    }

    @ParameterizedTest
    @CsvSource({"RECEIVE, true", "TRANSMIT, false", "BOTH, false"})
    void onlyTheDirectionsThatAreTestedCount(Direction direction, boolean slow) {
        Command command = new Command(Protocol.UDP, direction, false, 0, 1500, 0, 1_000_000, UNLIMITED);
        assertThat(SpeedCaps.of(Side.CLIENT, command).slow()).isEqualTo(slow);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0, 98, 0, true",
        "100, 0, 97.9, 0, false",
        "0, 100, 0, 98, true",
        "0, 100, 0, 97.9, false",
        "100, 100, 98, 97.9, false",
        "100, 100, 97.9, 98, false",
        "100, 100, 98, 98, true",
        "Infinity, 0, 1e12, 0, false"
    })
    void aCapIsReachedAlmost(double rx, double tx, double rxMeasured, double txMeasured, boolean reached) {
        assertThat(new SpeedCaps(rx, tx, 1500).reached(rxMeasured, txMeasured)).isEqualTo(reached);
    }

    @Test
    void twentyThousandPacketsASecondAreFew() {
        assertThat(new SpeedCaps(0, 28 * 8 * 20_000, 28).slow()).isTrue();
        assertThat(new SpeedCaps(0, 28 * 8 * 20_001, 28).slow()).isFalse();
    }
}

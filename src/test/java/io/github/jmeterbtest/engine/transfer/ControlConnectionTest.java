package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.SimulatedClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A connection of which no system tells anything. */
class ControlConnectionTest {
    private final SimulatedClock clock = new SimulatedClock();
    private final ControlConnection connection = new ControlConnection(clock, new ScriptedStream() {
        @Override
        public int read(ByteBuffer buffer) {
            return -1;
        }

        @Override
        public int write(ByteBuffer buffer) {
            return 0;
        }
    });

    @Test
    void silenceIsCountedFromTheLastLookThatFoundMoreAcknowledged() {
        clock.advance(Duration.ofHours(1));
        assertThat(connection.silentNanos()).isEqualTo(Duration.ofHours(1).toNanos());
        connection.look(12);
        assertThat(connection.silentNanos()).isZero();
        clock.advance(Duration.ofSeconds(1));
        connection.look(12);
        assertThat(connection.silentNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(connection.isAcknowledged()).as("nobody says so").isFalse();
    }
}

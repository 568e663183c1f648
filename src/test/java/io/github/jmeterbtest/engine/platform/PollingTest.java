package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, since all who poll in one process share its cores. */
@Isolated
class PollingTest {
    private static final int CORES_TO_POLL_ON = Runtime.getRuntime().availableProcessors() / 2;

    private final List<DatagramChannel> channels = new ArrayList<>();
    private final List<Polling> pollings = new ArrayList<>();
    private long now = 1;

    @BeforeEach
    void thereIsACoreToSpare() {
        assumeThat(CORES_TO_POLL_ON).isPositive();
    }

    @AfterEach
    void close() throws IOException {
        pollings.forEach(Polling::end);
        for (DatagramChannel channel : channels) {
            channel.close();
        }
    }

    private Polling open() throws IOException {
        channels.add(DatagramChannel.open());
        pollings.add(new Polling(channels.get(channels.size() - 1)));
        return pollings.get(pollings.size() - 1);
    }

    private void receive(Polling polling, int datagrams, long gap) throws IOException {
        for (int i = 0; i < datagrams; i++) {
            now += gap;
            polling.received(now);
        }
    }

    private boolean polls(int index) {
        return !channels.get(index).isBlocking();
    }

    @Test
    void pollsWhileDatagramsComeFastAndSleepsWhenTheyStop() throws IOException {
        Polling polling = open();
        receive(polling, 256, 1_000);
        assertThat(polls(0)).isTrue();
        polling.nothing(now + 10);
        assertThat(polls(0)).isTrue();
        polling.nothing(now + 200_000);
        assertThat(polls(0)).isFalse();
        assertThat(polling.waitedNanos()).isEqualTo(199_990);
    }

    @Test
    void sleepsBetweenSlowDatagrams() throws IOException {
        Polling polling = open();
        receive(polling, 1_000, 15_000);
        assertThat(polls(0)).isFalse();
        polling.nothing(now + 200_000);
        assertThat(polling.waitedNanos()).isZero();
    }

    @Test
    void stopsPollingWhenDatagramsBecomeSlow() throws IOException {
        Polling polling = open();
        receive(polling, 256, 1_000);
        receive(polling, 128, 15_000);
        assertThat(polls(0)).isTrue();
        receive(polling, 128, 25_000);
        assertThat(polls(0)).isFalse();
    }

    @Test
    void theTimeBetweenTwoDatagramsWasWaited() throws IOException {
        Polling polling = open();
        receive(polling, 256, 1_000);
        polling.nothing(now + 100);
        polling.nothing(now + 400);
        polling.received(now + 700);
        assertThat(polling.waitedNanos()).isEqualTo(600);
    }

    @Test
    void theFirstDatagramBeginsTheFirstRound() throws IOException {
        now = 1_000_000_000;
        Polling polling = open();
        receive(polling, 127, 1_000);
        assertThat(polls(0)).isFalse();
        receive(polling, 1, 1_000);
        assertThat(polls(0)).isTrue();
    }

    @Test
    void oneThatSleepsAgainGivesItsCoreBack() throws IOException {
        for (int i = 0; i <= 2 * CORES_TO_POLL_ON; i++) {
            Polling polling = open();
            receive(polling, 256, 1_000);
            assertThat(polls(i)).isTrue();
            receive(polling, 256, 25_000);
            assertThat(polls(i)).isFalse();
        }
    }

    @Test
    void leavesCoresToOthersAndGivesThemBack() throws IOException {
        for (int i = 0; i <= CORES_TO_POLL_ON; i++) {
            receive(open(), 256, 1_000);
        }
        assertThat(polls(0)).isTrue();
        assertThat(polls(CORES_TO_POLL_ON)).isFalse();
        pollings.get(0).end();
        receive(pollings.get(CORES_TO_POLL_ON), 256, 1_000);
        assertThat(polls(CORES_TO_POLL_ON)).isTrue();
    }
}

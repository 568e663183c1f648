package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.protocol.Status;
import org.junit.jupiter.api.Test;

/** The byte count of a status has 32 bits. */
class PeerStatusTest {
    private static final long SECOND = 1_000_000_000;
    private static final long TEN_GIGABIT = 1_250_000_000;
    private static final long WRAP = 1L << 32;

    private final PeerStatus peer = new PeerStatus(false);
    private long sequence;

    private long accept(long bytes, long sent, long second) {
        return peer.accept(new Status(0, ++sequence, bytes % WRAP), sent, second * SECOND);
    }

    @Test
    void whatWrappedIsCounted() {
        long each = 5_000_000_000L;
        for (int i = 1; i <= 5; i++) {
            assertThat(accept(each, i * each, i)).isEqualTo(each);
        }
        // a tenth of it is lost from now on
        for (int i = 6; i <= 9; i++) {
            assertThat(accept(each / 10 * 9, i * each, i)).isEqualTo(each / 10 * 9);
        }
    }

    /** The sender counts a write after it, so that the peer can be a little ahead. */
    @Test
    void whatWrappedByAHairIsCounted() {
        assertThat(accept(WRAP, WRAP - 32768, 1)).isEqualTo(WRAP);
        assertThat(accept(WRAP + 100, 2 * WRAP - 32768, 2)).isEqualTo(WRAP + 100);
    }

    @Test
    void aStatusThatWasHeldUpForSecondsHasNotWrapped() {
        assertThat(accept(TEN_GIGABIT, TEN_GIGABIT, 1)).isEqualTo(TEN_GIGABIT);
        for (int i = 2; i <= 4; i++) {
            assertThat(accept(TEN_GIGABIT, 4 * TEN_GIGABIT, 4)).isEqualTo(TEN_GIGABIT);
        }
        assertThat(accept(TEN_GIGABIT, 5 * TEN_GIGABIT, 5)).isEqualTo(TEN_GIGABIT);
        assertThat(peer.total()).isEqualTo(5 * TEN_GIGABIT);
    }

    /** An unlimited UDP sender begins as fast as it can. */
    @Test
    void noMoreArrivesThanWasSent() {
        assertThat(accept(300_000_000, 2_500_000_000L, 1)).isEqualTo(300_000_000);
    }
}

package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.ManualClock;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long the server waits for connections, and how long its users wait for sessions. */
@Timeout(20)
class PatienceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private final ManualClock clock = new ManualClock();

    private interface Waiting<T> {
        T get() throws Exception;
    }

    private static <T> CompletableFuture<T> inBackground(Waiting<T> waiting) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return waiting.get();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    /** In all: whoever opens one connection after the other must not hold a session for minutes. */
    @Test
    void theJoinsOfATestHaveFiveSecondsTogether() throws Exception {
        PendingJoins joins = new PendingJoins(clock);
        InetAddress client = InetAddress.getByName("192.0.2.1");
        PendingJoins.JoinGroup group = joins.open(client, 3);
        CompletableFuture<List<SocketChannel>> joined = inBackground(() -> group.await(PATIENCE, () -> false));
        try (SocketChannel first = SocketChannel.open();
                SocketChannel second = SocketChannel.open()) {
            clock.awaitWaiting(1);
            assertThat(joins.join(group.token(), client, first)).isTrue();
            clock.advance(PATIENCE.minus(MILLISECOND));
            assertThat(joins.join(group.token(), client, second)).isTrue();
            clock.awaitWaiting(1);
            assertThat(joined).isNotDone();
            clock.advance(MILLISECOND);
            assertThat(joined.get(10, TimeUnit.SECONDS)).containsExactly(first, second);
            assertThat(joins.join(group.token(), client, first)).as("later").isFalse();
        }
    }

    @Test
    void aTestWhoseControlConnectionEndsIsNotWaitedFor() throws Exception {
        PendingJoins.JoinGroup group = new PendingJoins(clock).open(InetAddress.getByName("192.0.2.1"), 3);
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<List<SocketChannel>> joined = inBackground(() -> group.await(PATIENCE, ended::get));
        clock.awaitWaiting(1);
        ended.set(true);
        clock.advance(Duration.ofMillis(50));
        assertThat(joined.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void aSessionIsAwaitedForAnHourAndNoLonger() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build(), clock)) {
            CompletableFuture<?> session = inBackground(() -> server.awaitSession(Duration.ofHours(1), any -> true));
            clock.awaitWaiting(1);
            clock.advance(Duration.ofHours(1).minus(MILLISECOND));
            clock.awaitWaiting(1);
            assertThat(session).isNotDone();
            clock.advance(MILLISECOND);
            assertThat(session.get(10, TimeUnit.SECONDS)).isEqualTo(java.util.Optional.empty());
        }
    }
}

package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.NanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(20)
class PendingJoinsTest {

    private static final Duration LONG = Duration.ofSeconds(15);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final PendingJoins joins = new PendingJoins(NanoClock.SYSTEM);
    private final List<SocketChannel> channels = new ArrayList<>();
    private InetAddress client;
    private InetAddress stranger;

    @BeforeEach
    void addresses() throws IOException {
        client = InetAddress.getByName("192.0.2.1");
        stranger = InetAddress.getByName("192.0.2.2");
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    @Test
    void whoComesWithTheTokenFromTheRightAddressIsIn() throws Exception {
        PendingJoins.JoinGroup group = joins.open(client, 2);
        SocketChannel first = channel();
        SocketChannel second = channel();
        assertThat(joins.join(group.token(), client, first)).isTrue();
        assertThat(joins.join(group.token(), client, second)).isTrue();
        assertThat(group.await(LONG, () -> false)).containsExactly(first, second);
    }

    @Test
    void theWaitEndsWithTheLastOneThatWasWanted() throws Exception {
        PendingJoins.JoinGroup group = joins.open(client, 1);
        CompletableFuture<List<SocketChannel>> joined = CompletableFuture.supplyAsync(() -> await(group));
        SocketChannel channel = channel();
        assertThat(joins.join(group.token(), client, channel)).isTrue();
        assertThat(joined.get(10, TimeUnit.SECONDS)).containsExactly(channel);
    }

    @Test
    void anotherTokenIsRefused() throws Exception {
        PendingJoins.JoinGroup group = joins.open(client, 1);
        assertThat(joins.join(group.token() ^ 1, client, channel())).isFalse();
        assertThat(group.await(SHORT, () -> false)).isEmpty();
    }

    @Test
    void anotherAddressIsRefused() throws Exception {
        PendingJoins.JoinGroup group = joins.open(client, 1);
        assertThat(joins.join(group.token(), stranger, channel())).isFalse();
        assertThat(group.await(SHORT, () -> false)).isEmpty();
    }

    @Test
    void oneTooManyIsRefused() throws Exception {
        PendingJoins.JoinGroup group = joins.open(client, 1);
        assertThat(joins.join(group.token(), client, channel())).isTrue();
        assertThat(joins.join(group.token(), client, channel())).isFalse();
        assertThat(group.await(LONG, () -> false)).hasSize(1);
    }

    @Test
    void thePartyBeginsWithThoseThatCameInTimeAndThenTheTokenIsWorthNothing() throws Exception {
        PendingJoins.JoinGroup group = joins.open(client, 3);
        SocketChannel early = channel();
        assertThat(joins.join(group.token(), client, early)).isTrue();
        assertThat(group.await(SHORT, () -> false)).containsExactly(early);
        assertThat(joins.join(group.token(), client, channel())).isFalse();
    }

    @Test
    void aClosedPartyIsForgottenAndWaitsForNobody() throws Exception {
        PendingJoins.JoinGroup group = joins.open(client, 1);
        group.close();
        assertThat(joins.join(group.token(), client, channel())).isFalse();
        assertThat(group.await(LONG, () -> false)).isEmpty();
    }

    @Test
    void aPartyThatClosesLeavesTheOthersAlone() throws Exception {
        PendingJoins.JoinGroup first = joins.open(client, 1);
        PendingJoins.JoinGroup second = joins.open(client, 1);
        first.close();
        assertThat(joins.join(second.token(), client, channel())).isTrue();
    }

    @Test
    void noTokenIsZeroAndNoTwoPartiesShareOne() {
        Set<Integer> tokens = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            tokens.add(joins.open(client, 1).token());
        }
        assertThat(tokens).hasSize(2000).allMatch(token -> token >= 1 && token <= 0xFFFF);
        // such as a counter would give
        assertThat(tokens.stream().mapToInt(token -> token).max().orElseThrow()).isGreaterThan(40_000);
    }

    private SocketChannel channel() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channels.add(channel);
        return channel;
    }

    private static List<SocketChannel> await(PendingJoins.JoinGroup group) {
        try {
            return group.await(LONG, () -> false);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

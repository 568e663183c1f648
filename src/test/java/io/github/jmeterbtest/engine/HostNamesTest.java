package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.TestReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HostNamesTest {
    private static final Duration SOON = Duration.ofMillis(50);
    /** So many lookups may wait. */
    private static final int MANY = 1_000;

    private static final Duration HOUR = Duration.ofHours(1);

    private final HungNameService hung = new HungNameService();
    private final HostNames names = new HostNames(hung);

    @AfterEach
    void close() {
        hung.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "192.0.2.255", "::1", "[::1]", "2001:DB8::1", "::ffff:192.0.2.1", "fe80::1%1"})
    void anAddressNeedsNoNameService(String address) throws Exception {
        assertThat(names.addresses(address, SOON)).containsExactly(InetAddress.getByName(address));
        assertThat(hung.questions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:2", "::1:", "[::1", "[::1]:2000", "fe80::1%nosuch"})
    void norDoesAWrongOne(String address) {
        assertThatThrownBy(() -> names.addresses(address, SOON)).isInstanceOf(UnknownHostException.class);
        assertThat(hung.questions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"router", "1.2.3", "256.1.1.1", "cafe", "router:2000"})
    void whateverElseIsAskedForOnAnotherThread(String host) {
        assertThatThrownBy(() -> names.addresses(host, SOON))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("50 ms");
    }

    @Test
    void closingALookupEndsTheWaitForIt() throws Exception {
        HostNames.Lookup lookup = names.lookup("router");
        CompletableFuture<Void> waiter = CompletableFuture.runAsync(
                () -> assertThatThrownBy(() -> lookup.await(HOUR)).isInstanceOf(AsynchronousCloseException.class));
        hung.awaitQuestion();
        lookup.close();
        waiter.get(10, TimeUnit.SECONDS);
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> names.addresses("router", HOUR)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    @SuppressWarnings("try")
    void allWhoAskForANameShareOneLookup() throws Exception {
        try (HostNames.Lookup first = names.lookup("router");
                HostNames.Lookup second = names.lookup("router")) {
            hung.awaitQuestion();
            first.close();
            hung.close();
            assertThat(second.await(HOUR))
                    .extracting(InetAddress::getHostAddress)
                    .containsExactly("127.0.0.1");
            assertThat(hung.questions()).as("questions beside the first").isZero();
        }
    }

    @Test
    void aNameIsAskedForAgainOnceItsLookupHasEnded() throws Exception {
        hung.close();
        for (int i = 0; i < 3; i++) {
            names.addresses("router" + i % 2, HOUR);
        }
        assertThat(hung.questions()).isEqualTo(3);
    }

    @Test
    void noMoreLookupsHangThanThereAreThreads() throws Exception {
        for (int i = 0; i < HostNames.MAX_THREADS; i++) {
            names.lookup("router" + i);
            hung.awaitQuestion();
        }
        assertThatThrownBy(() -> names.addresses("one more", SOON)).isInstanceOf(SocketTimeoutException.class);
        assertThat(hung.questions()).isZero();
        hung.close();
        assertThat(names.addresses("another one", HOUR)).isNotEmpty();
    }

    @Test
    void norAreThereQuestionsWithoutEnd() {
        for (int i = 0; i < MANY + HostNames.MAX_THREADS; i++) {
            names.lookup("router" + i);
        }
        assertThatThrownBy(() -> names.lookup("one more").await(Duration.ZERO))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("other lookups are waiting");
        hung.close();
    }

    @Test
    void whatGoesWrongIsTold() {
        assertThatThrownBy(() -> new HostNames(host -> {
                            throw new UnknownHostException(host);
                        })
                        .addresses("router", HOUR))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("router");
        assertThatThrownBy(() -> new HostNames(host -> {
                            throw new SecurityException("not allowed");
                        })
                        .addresses("router", HOUR))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not allowed");
    }

    @Test
    void aTestWaitsForTheNameServiceNoLongerThanForAConnection() {
        BtestException failure = Loopback.failure(() -> new BandwidthClient(
                        Loopback.client(2000)
                                .server("router.example")
                                .connectTimeout(SOON)
                                .build(),
                        names,
                        NanoClock.SYSTEM)
                .run(Loopback.NOBODY));
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
        assertThat(failure)
                .hasMessageContaining("\"router.example\"")
                .hasMessageContaining("50 ms")
                .hasMessageContaining("check the DNS");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopEndsTheWaitForTheNameService(boolean ofTheServer) throws Exception {
        ClientOptionsBuilder options = Loopback.client(2000).connectTimeout(Duration.ofMinutes(5));
        BandwidthClient client = new BandwidthClient(
                (ofTheServer ? options.server("router.example") : options.localAddress("uplink.example")).build(),
                names,
                NanoClock.SYSTEM);
        CompletableFuture<TestReport> test = Loopback.inBackground(client, Loopback.NOBODY);
        hung.awaitQuestion();
        client.stop();
        assertThat(Loopback.failure(test).kind()).isEqualTo(ErrorKind.STOPPED);
    }

    @Test
    void soDoesAnInterrupt() {
        Thread.currentThread().interrupt();
        BtestException failure = Loopback.failure(() -> new BandwidthClient(
                        Loopback.client(2000).server("router.example").build(), names, NanoClock.SYSTEM)
                .run(Loopback.NOBODY));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.kind()).isEqualTo(ErrorKind.STOPPED);
    }
}

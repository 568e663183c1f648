package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.Loopback;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody waits for the end of a recording: it comes, whatever is thrown. */
@Timeout(20)
class RecordingTest {
    private final Recording recording = new Recording();

    private static OutOfMemoryError noThreads() {
        return new OutOfMemoryError("unable to create native thread");
    }

    private CompletableFuture<IntervalReport> waiter() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return recording.await(0);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private BtestException end(CompletableFuture<IntervalReport> waiter) throws Exception {
        assertThat(waiter.get(10, TimeUnit.SECONDS)).isNull();
        return Loopback.failure(recording::result);
    }

    @Test
    void aTestThatThrowsIsOneThatFailed() throws Exception {
        CompletableFuture<IntervalReport> waiter = waiter();
        recording.record(
                () -> {
                    throw noThreads();
                },
                () -> null);
        BtestException failure = end(waiter);
        assertThat(failure.kind()).isEqualTo(ErrorKind.IO);
        assertThat(failure).hasMessageContaining("unable to create native thread");
    }

    @Test
    void soIsOneWithoutAReport() throws Exception {
        CompletableFuture<IntervalReport> waiter = waiter();
        recording.record(() -> null, () -> {
            throw noThreads();
        });
        assertThat(end(waiter).kind()).isEqualTo(ErrorKind.IO);
    }

    @Test
    void whyATestFailedIsToldWithoutAReportToo() throws Exception {
        CompletableFuture<IntervalReport> waiter = waiter();
        recording.record(
                () -> {
                    throw new BtestException(ErrorKind.PEER_LOST, "gone");
                },
                () -> {
                    throw new IllegalStateException("no report");
                });
        assertThat(end(waiter).kind()).isEqualTo(ErrorKind.PEER_LOST);
    }
}

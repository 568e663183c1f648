package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SourceTurnsTest {
    private final SourceTurns turns = new SourceTurns(1);
    private final BlockingQueue<String> served = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();

    private static Source source(String name) {
        try {
            return Source.of(InetAddress.getByName("192.0.2." + (int) name.charAt(0)));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for a permit on a thread of its own. */
    private Thread request(String name) throws InterruptedException {
        int before = turns.waiting();
        Thread thread = new Thread(() -> {
            try {
                turns.acquire(source(name));
                served.add(name);
            } catch (InterruptedException e) {
                served.add("interrupted " + name);
            }
        });
        thread.start();
        threads.add(thread);
        while (turns.waiting() == before) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private String next() throws InterruptedException {
        turns.release();
        return served.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void whoAsksOnceWaitsForNoMoreThanOneOfEachOther() throws Exception {
        turns.acquire(source("a"));
        for (int i = 0; i < 5; i++) {
            request("a" + i);
        }
        request("b0");
        request("c0");
        request("b1");
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            order.add(next());
        }
        assertThat(order).containsExactly("a0", "b0", "c0", "a1", "b1", "a2", "a3", "a4");
        turns.release();
        turns.acquire(source("d"));
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void whoIsInterruptedLeavesTheQueue() throws Exception {
        turns.acquire(source("a"));
        Thread given = request("b0");
        request("b1");
        given.interrupt();
        assertThat(served.poll(10, TimeUnit.SECONDS)).isEqualTo("interrupted b0");
        assertThat(next()).isEqualTo("b1");
        Thread alone = request("c0");
        alone.interrupt();
        assertThat(served.poll(10, TimeUnit.SECONDS)).isEqualTo("interrupted c0");
        assertThat(turns.waiting()).isZero();
        turns.release();
        turns.acquire(source("d"));
    }
}

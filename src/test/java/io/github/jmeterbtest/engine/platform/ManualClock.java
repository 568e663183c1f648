package io.github.jmeterbtest.engine.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Time for several threads, moved by the test alone: a thread that waits wakes when the time passes its deadline, when
 * it is unparked or interrupted, or when somebody notifies its monitor. Half an hour after the start {@link #nanoTime}
 * wraps, so that code that compares times wrongly is found out.
 */
public final class ManualClock implements NanoClock {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final Map<Thread, Waiter> waiting = new HashMap<>();
    private final Set<Thread> permits = new HashSet<>();
    private long elapsed;

    /** @param monitor null for a thread that is parked */
    private record Waiter(long deadline, Object monitor) {}

    /** Moves the time, and wakes those whose deadline has come. */
    public void advance(Duration time) {
        Set<Object> monitors = Collections.newSetFromMap(new IdentityHashMap<>());
        synchronized (this) {
            elapsed += time.toNanos();
            waiting.values().removeIf(waiter -> {
                boolean due = waiter.deadline <= elapsed;
                if (due && waiter.monitor != null) {
                    monitors.add(waiter.monitor);
                }
                return due;
            });
            notifyAll();
        }
        for (Object monitor : monitors) {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        }
    }

    /** Waits until so many threads wait for this clock's time. */
    public synchronized void awaitWaiting(int threads) throws InterruptedException {
        while (waiting.size() < threads) {
            wait();
        }
    }

    @Override
    public synchronized long nanoTime() {
        return Long.MAX_VALUE - Duration.ofMinutes(30).toNanos() + elapsed;
    }

    @Override
    public synchronized Instant now() {
        return START.plusNanos(elapsed);
    }

    @Override
    public synchronized void parkNanos(long nanos) {
        Thread self = Thread.currentThread();
        if (nanos <= 0 || permits.remove(self)) {
            return;
        }
        add(self, new Waiter(elapsed + nanos, null));
        try {
            while (waiting.containsKey(self)) {
                wait();
            }
        } catch (InterruptedException e) {
            self.interrupt();
        } finally {
            waiting.remove(self);
        }
    }

    @Override
    public synchronized void unpark(Thread thread) {
        if (thread != null && waiting.remove(thread) == null) {
            permits.add(thread);
        }
        notifyAll();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops over its condition
    public void waitNanos(Object monitor, long nanos) throws InterruptedException {
        Thread self = Thread.currentThread();
        add(self, new Waiter(deadline(nanos), monitor));
        try {
            monitor.wait();
        } finally {
            remove(self);
        }
    }

    private synchronized long deadline(long nanos) {
        return elapsed + nanos;
    }

    private synchronized void add(Thread thread, Waiter waiter) {
        waiting.put(thread, waiter);
        notifyAll();
    }

    private synchronized void remove(Thread thread) {
        waiting.remove(thread);
    }
}

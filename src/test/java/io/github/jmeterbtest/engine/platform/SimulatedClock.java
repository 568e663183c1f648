package io.github.jmeterbtest.engine.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time for a single thread. It passes only while that thread waits, and then at once: a week takes as long as the work
 * in it. What else happens meanwhile is given beforehand, and happens at its time while the thread waits. Half an hour
 * after the start {@link #nanoTime} wraps, so that code that compares times wrongly is found out.
 */
public final class SimulatedClock implements NanoClock {
    private static final long HALF_AN_HOUR = Duration.ofMinutes(30).toNanos();
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparing(Event::number));
    private long elapsed;
    private Duration wallClockOff = Duration.ZERO;
    private long late;
    private int number;
    private boolean permit;

    private record Event(long at, int number, Runnable action) {}

    /** @return how much time has passed since the start, ns */
    public long elapsed() {
        return elapsed;
    }

    /**
     * Has something happen, or at once if the time is over; what has the same time happens in the order of the calls.
     */
    public void at(Duration afterStart, Runnable action) {
        events.add(new Event(afterStart.toNanos(), number++, action));
    }

    /** Has every wait that nobody ends last so much longer, as on a busy machine. */
    public void wakeLate(Duration late) {
        this.late = late.toNanos();
    }

    /** Sets the wall clock forward or back, as a system does that has asked a time server. */
    public void jump(Duration by) {
        wallClockOff = wallClockOff.plus(by);
    }

    /** Lets time pass while the thread works, or is held up. */
    public void advance(Duration time) {
        passUntil(elapsed + time.toNanos(), false);
    }

    @Override
    public long nanoTime() {
        return Long.MAX_VALUE - HALF_AN_HOUR + elapsed;
    }

    @Override
    public Instant now() {
        return START.plusNanos(elapsed).plus(wallClockOff);
    }

    @Override
    public void parkNanos(long nanos) {
        if (nanos > 0) {
            passUntil(elapsed + nanos + late, true);
            permit = false;
        }
    }

    @Override
    public void unpark(Thread thread) {
        permit = true;
    }

    @Override
    public void waitNanos(Object monitor, long nanos) {
        parkNanos(nanos);
    }

    private void passUntil(long end, boolean parked) {
        while (!(parked && (permit || Thread.currentThread().isInterrupted()))) {
            Event next = events.peek();
            if (next == null || next.at > end) {
                elapsed = Math.max(elapsed, end);
                return;
            }
            events.remove();
            elapsed = Math.max(elapsed, next.at);
            next.action.run();
        }
    }
}

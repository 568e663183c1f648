package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.NanoClock;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Slows down whoever guesses passwords. After some wrong ones for the same user from the same source, further attempts
 * are judged one a second; those for which the wait would be too long are not judged at all. It does not matter whether
 * there is such a user, or whether an attempt would be right: so nothing is learnt from the delay. Thread-safe.
 */
final class LoginBrake {
    /** Wrong passwords in a row that cost nothing: people mistype. */
    static final int FREE_ATTEMPTS = 5;

    static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Less than a client waits for an answer. */
    static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** After which wrong passwords are forgotten. */
    static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** Users of sources that are remembered; those longest without a wrong password are forgotten first. */
    static final int MAX_REMEMBERED = 10_000;

    private final NanoClock clock;

    // guarded by this
    private final Map<Attempt, Wrong> wrong = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Attempt, Wrong> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /** @param user the bytes that the client sent */
    record Attempt(Source source, ByteBuffer user) {
        static Attempt of(Source source, byte[] user) {
            return new Attempt(source, ByteBuffer.wrap(user.clone()));
        }
    }

    private static final class Wrong {
        int count;
        long lastAt;
        long nextTurn;
    }

    LoginBrake(NanoClock clock) {
        this.clock = clock;
    }

    /**
     * Asks for a turn; to be called just before an attempt is judged.
     *
     * @return ns to wait before; empty if the attempt must not be judged
     */
    synchronized OptionalLong turn(Attempt attempt) {
        Wrong before = wrong.get(attempt);
        long now = clock.nanoTime();
        if (before != null && now - before.lastAt >= MEMORY_NANOS) {
            wrong.remove(attempt);
            before = null;
        }
        if (before == null || before.count < FREE_ATTEMPTS) {
            return OptionalLong.of(0);
        }
        long wait = Math.max(0, before.nextTurn - now);
        if (wait > MAX_WAIT_NANOS) {
            return OptionalLong.empty();
        }
        before.nextTurn = now + wait + GAP_NANOS;
        return OptionalLong.of(wait);
    }

    /** The attempt was wrong. */
    synchronized void wrong(Attempt attempt) {
        Wrong all = wrong.computeIfAbsent(attempt, any -> new Wrong());
        long now = clock.nanoTime();
        all.lastAt = now;
        if (++all.count == FREE_ATTEMPTS) {
            all.nextTurn = now + GAP_NANOS;
        }
    }

    /** The attempt was right, so the wrong ones before were mistakes. */
    synchronized void right(Attempt attempt) {
        wrong.remove(attempt);
    }

    /** @return how many users of sources are remembered */
    synchronized int remembered() {
        return wrong.size();
    }
}

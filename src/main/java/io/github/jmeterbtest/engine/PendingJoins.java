package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.NanoClock;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Where further TCP connections find the test that they belong to, by its token and their address. */
final class PendingJoins {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** How often a group that waits looks whether it still should. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final NanoClock clock;
    private final Map<Integer, JoinGroup> groups = new HashMap<>();

    PendingJoins(NanoClock clock) {
        this.clock = clock;
    }

    /** The connections of one test that is about to start. */
    final class JoinGroup implements AutoCloseable {
        private final int token;
        private final InetAddress client;
        private final int wanted;
        private final List<SocketChannel> joined = new ArrayList<>();
        private final long openedAt = clock.nanoTime();
        private boolean over;

        private JoinGroup(int token, InetAddress client, int wanted) {
            this.token = token;
            this.client = client;
            this.wanted = wanted;
        }

        int token() {
            return token;
        }

        /**
         * Waits until all have joined or the time is over, counted from the group's opening; from then on the token is
         * worth nothing.
         *
         * @param abandoned whether to wait no longer; asked now and then
         * @return those that joined, each of them to be closed by the caller
         */
        List<SocketChannel> await(Duration timeout, BooleanSupplier abandoned) throws InterruptedException {
            synchronized (groups) {
                long left;
                while (joined.size() < wanted
                        && !over
                        && !abandoned.getAsBoolean()
                        && (left = openedAt + timeout.toNanos() - clock.nanoTime()) > 0) {
                    clock.waitNanos(groups, Math.min(left, LOOK_NANOS));
                }
                forget();
                return List.copyOf(joined);
            }
        }

        private void forget() {
            over = true;
            groups.remove(token, this);
        }

        /** Ends the wait, and forgets the token. */
        @Override
        public void close() {
            synchronized (groups) {
                forget();
                groups.notifyAll();
            }
        }
    }

    /**
     * @param client address that alone may join
     * @param wanted connections beside the control connection
     * @return a new group with a token that nobody can guess
     */
    JoinGroup open(InetAddress client, int wanted) {
        synchronized (groups) {
            int token;
            do {
                token = 1 + RANDOM.nextInt(0xFFFF);
            } while (groups.containsKey(token));
            JoinGroup group = new JoinGroup(token, client, wanted);
            groups.put(token, group);
            return group;
        }
    }

    /** @return whether the connection now belongs to a test; if not, no test waits for it, or no longer */
    boolean join(int token, InetAddress client, SocketChannel channel) {
        synchronized (groups) {
            JoinGroup group = groups.get(token);
            if (group == null || !group.client.equals(client) || group.joined.size() >= group.wanted) {
                return false;
            }
            group.joined.add(channel);
            groups.notifyAll();
            return true;
        }
    }
}

package io.github.jmeterbtest.engine.transfer;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Test data, made beforehand and shared by all senders: zeros, or random bytes that no link can compress. */
final class Payload {
    /** Longer than the window of the compressors found in network devices. */
    private static final int RANDOM_LENGTH = 4 << 20;

    private static final int ZERO_LENGTH = 64 << 10;

    private Payload() {}

    /** @return a read-only view of its own, position 0, at least 64 KiB long */
    static ByteBuffer of(boolean random) {
        return (random ? Random.BYTES : Zeros.BYTES).duplicate();
    }

    /** Made when first asked for. */
    private static final class Random {
        static final ByteBuffer BYTES = make();

        private static ByteBuffer make() {
            SplittableRandom random = new SplittableRandom();
            ByteBuffer bytes = ByteBuffer.allocateDirect(RANDOM_LENGTH);
            while (bytes.hasRemaining()) {
                bytes.putLong(random.nextLong());
            }
            return bytes.flip().asReadOnlyBuffer();
        }
    }

    private static final class Zeros {
        static final ByteBuffer BYTES = ByteBuffer.allocateDirect(ZERO_LENGTH).asReadOnlyBuffer();
    }
}

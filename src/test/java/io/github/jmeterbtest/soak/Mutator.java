package io.github.jmeterbtest.soak;

import java.util.Arrays;
import java.util.Random;

/** Changes messages a little, as a fuzzer without feedback does. Not thread-safe. */
final class Mutator {
    private static final byte[] INTERESTING = {0, 1, 2, 3, 7, 0x20, 0x7F, (byte) 0x80, (byte) 0xFF};

    private final Random random;

    /** @param seed the same seed gives the same changes */
    Mutator(long seed) {
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /** {@return any one of them} */
    static <T> T oneOf(Random random, T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** {@return the message with one to four changes} */
    byte[] mutate(byte[] message) {
        byte[] bytes = message.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            bytes = change(bytes);
        }
        return bytes;
    }

    /** {@return the message as it is, most often} */
    byte[] sometimes(byte[] message) {
        return random.nextInt(4) == 0 ? mutate(message) : message;
    }

    private byte[] change(byte[] bytes) {
        if (bytes.length == 0) {
            return insert(bytes);
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(7)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 1 -> bytes[at] = INTERESTING[random.nextInt(INTERESTING.length)];
            case 2 -> bytes[at] = (byte) random.nextInt();
            case 3 -> Arrays.fill(bytes, at, bytes.length, (byte) 0);
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 5 -> {
                return remove(bytes, at);
            }
            default -> {
                return insert(bytes);
            }
        }
        return bytes;
    }

    private static byte[] remove(byte[] bytes, int at) {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
        return shorter;
    }

    private byte[] insert(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        byte[] more = new byte[1 + random.nextInt(16)];
        random.nextBytes(more);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(bytes, at, longer, at + more.length, bytes.length - at);
        System.arraycopy(more, 0, longer, at, more.length);
        return longer;
    }
}

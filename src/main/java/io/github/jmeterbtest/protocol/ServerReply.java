package io.github.jmeterbtest.protocol;

/** The server's 4-byte answers: to the connection (HELLO), to the command, and to the login. */
public sealed interface ServerReply {
    /** Length of every reply in bytes. An MD5 challenge follows its reply. */
    int LENGTH = 4;

    /**
     * The test may start.
     *
     * @param token 0, or the token with which further TCP connections join this test, 1..65535
     */
    record Ok(int token) implements ServerReply {
        /** @throws IllegalArgumentException if the token is outside 0..65535 */
        public Ok {
            if (token < 0 || token > 0xFFFF) {
                throw new IllegalArgumentException("token " + token + " is outside 0..65535");
            }
        }

        @Override
        public byte[] encode() {
            return new byte[] {1, (byte) (token >>> 8), (byte) token, 0};
        }
    }

    /** Prove your password by MD5; a 16-byte challenge follows (RouterOS before 6.43). */
    record Md5Required() implements ServerReply {
        @Override
        public byte[] encode() {
            return new byte[] {2, 0, 0, 0};
        }
    }

    /** Prove your password by EC-SRP5 (RouterOS 6.43 and later). */
    record EcSrp5Required() implements ServerReply {
        @Override
        public byte[] encode() {
            return new byte[] {3, 0, 0, 0};
        }
    }

    /** Test refused, or wrong password. */
    record Refused() implements ServerReply {
        @Override
        public byte[] encode() {
            return new byte[LENGTH];
        }
    }

    /** The server's first message on every connection: an OK without a token. */
    Ok HELLO = new Ok(0);

    /** @return the 4 bytes for the wire */
    byte[] encode();

    /**
     * @param bytes the 4 bytes as received
     * @return the reply
     * @throws MalformedMessageException naming the byte that is wrong
     */
    static ServerReply decode(byte[] bytes) throws MalformedMessageException {
        Wire.requireLength("server reply", bytes, LENGTH);
        if (bytes[0] == 1) {
            // the last byte is 0 in every capture, but no peer depends on it
            return new Ok(Wire.uint8(bytes, 1) << 8 | Wire.uint8(bytes, 2));
        }
        if (bytes[0] < 0 || bytes[0] > 3) {
            throw Wire.wrongByte("server reply", bytes, 0, "00 (refused), 01 (OK), 02 (MD5) or 03 (EC-SRP5)");
        }
        Wire.requireZero("server reply", bytes, 1, LENGTH);
        return switch (bytes[0]) {
            case 2 -> new Md5Required();
            case 3 -> new EcSrp5Required();
            default -> new Refused();
        };
    }

    /**
     * @param bytes the first 4 bytes from the server
     * @throws MalformedMessageException if they are not HELLO, so that the peer is not a bandwidth server
     */
    static void requireHello(byte[] bytes) throws MalformedMessageException {
        byte[] hello = HELLO.encode();
        Wire.requireLength("HELLO", bytes, LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            if (bytes[i] != hello[i]) {
                throw Wire.wrongByte("HELLO", bytes, i, String.format("%02x", hello[i]));
            }
        }
    }
}

package io.github.jmeterbtest.protocol;

/**
 * Adds this TCP connection to a test that waits for it (captured from RouterOS 7.23.1).
 *
 * @param token the token from the server's OK for the test, 1..65535
 */
public record JoinRequest(int token) implements OpeningMessage {
    static final byte MARK = 2;

    /** @throws IllegalArgumentException if the token is outside 1..65535 */
    public JoinRequest {
        if (token < 1 || token > 0xFFFF) {
            throw new IllegalArgumentException("token " + token + " is outside 1..65535");
        }
    }

    @Override
    public byte[] encode() {
        byte[] bytes = new byte[LENGTH];
        bytes[0] = (byte) (token >>> 8);
        bytes[1] = (byte) token;
        bytes[2] = MARK;
        return bytes;
    }

    static JoinRequest decode(byte[] bytes) throws MalformedMessageException {
        int token = Wire.uint8(bytes, 0) << 8 | Wire.uint8(bytes, 1);
        if (token == 0) {
            throw Wire.wrongByte("join request", bytes, 0, "a session token (00 00 is none)");
        }
        Wire.requireZero("join request", bytes, 3, LENGTH);
        return new JoinRequest(token);
    }
}

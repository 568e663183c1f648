package io.github.jmeterbtest.protocol;

/** The 16 bytes that a client sends after the server's HELLO: a new test, or one more connection for a running one. */
public sealed interface OpeningMessage permits Command, JoinRequest {
    /** Length of either message in bytes. */
    int LENGTH = 16;

    /** @return the 16 bytes for the wire */
    byte[] encode();

    /**
     * @param bytes the 16 bytes as received
     * @return a {@link Command} or a {@link JoinRequest}; byte 2 tells them apart (captured from RouterOS 7.23.1)
     * @throws MalformedMessageException naming the byte that fits neither
     */
    static OpeningMessage decode(byte[] bytes) throws MalformedMessageException {
        Wire.requireLength("command", bytes, LENGTH);
        return bytes[2] == JoinRequest.MARK ? JoinRequest.decode(bytes) : Command.decode(bytes);
    }
}

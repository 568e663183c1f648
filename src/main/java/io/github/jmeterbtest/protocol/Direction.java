package io.github.jmeterbtest.protocol;

import java.util.Locale;

/** The direction of the test data, always seen from the client, as in RouterOS's {@code direction}. */
public enum Direction {
    /** Server to client. */
    RECEIVE(2),
    /** Client to server. */
    TRANSMIT(1),
    /** Both directions at once. */
    BOTH(3);

    /** On the wire the bits say what the <em>server</em> does: 1 receives, 2 transmits. */
    private final int serverBits;

    Direction(int serverBits) {
        this.serverBits = serverBits;
    }

    int serverBits() {
        return serverBits;
    }

    static Direction ofServerBits(byte[] message, int index) throws MalformedMessageException {
        for (Direction direction : values()) {
            if (direction.serverBits == message[index]) {
                return direction;
            }
        }
        throw Wire.wrongByte("command", message, index, "01, 02 or 03 (direction)");
    }

    /** @return whether the client gets test data */
    public boolean clientReceives() {
        return this != TRANSMIT;
    }

    /** @return whether the client sends test data */
    public boolean clientTransmits() {
        return this != RECEIVE;
    }

    /** @return RouterOS's word: {@code receive}, {@code transmit} or {@code both} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}

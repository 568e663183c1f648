package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;

/** Which end of a test this is. A {@link Command} speaks of the client's directions; this turns them into one's own. */
public enum Side {
    /** The end that asks for the test. */
    CLIENT,
    /** The end that serves it. */
    SERVER;

    /** @return whether this end gets test data */
    public boolean receives(Direction direction) {
        return this == CLIENT ? direction.clientReceives() : direction.clientTransmits();
    }

    /** @return whether this end sends test data */
    public boolean transmits(Direction direction) {
        return other().receives(direction);
    }

    /** @return what this end may send, bit/s; 0 for unlimited */
    long txSpeed(Command command) {
        return this == CLIENT ? command.localTxSpeed() : command.remoteTxSpeed();
    }

    private Side other() {
        return this == CLIENT ? SERVER : CLIENT;
    }

    /** @return what may come in at this end, bit/s; 0 for unlimited */
    long rxSpeed(Command command) {
        return other().txSpeed(command);
    }

    /** @return the other end, as messages call it */
    String peerName() {
        return this == CLIENT ? "the server" : "the client";
    }
}

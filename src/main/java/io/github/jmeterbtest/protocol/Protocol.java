package io.github.jmeterbtest.protocol;

import java.util.Locale;

/** The transport protocol of the test data. The names, in lower case, are RouterOS's. */
public enum Protocol {
    UDP(0),
    TCP(1);

    private final int wireByte;

    Protocol(int wireByte) {
        this.wireByte = wireByte;
    }

    int wireByte() {
        return wireByte;
    }

    static Protocol ofWireByte(byte[] message, int index) throws MalformedMessageException {
        for (Protocol protocol : values()) {
            if (protocol.wireByte == message[index]) {
                return protocol;
            }
        }
        throw Wire.wrongByte("command", message, index, "00 or 01 (protocol)");
    }

    /** @return RouterOS's word: {@code udp} or {@code tcp} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}

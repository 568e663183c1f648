package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.List;

/** Makes the system refuse to cut what is written to a socket. */
public final class Checksums {
    /** {@code SO_NO_CHECK}: without checksums Linux sends single datagrams only. */
    private static final int SO_NO_CHECK = 11;

    private Checksums() {}

    public static void turnOff(DatagramChannel channel) throws IOException {
        try (SocketDescriptor descriptor = SocketDescriptor.of(List.of(channel)).get(0)) {
            descriptor.setOption(SystemCalls.SOL_SOCKET, SO_NO_CHECK, 1);
        }
    }
}

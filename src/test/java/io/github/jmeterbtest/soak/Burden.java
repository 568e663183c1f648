package io.github.jmeterbtest.soak;

import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Opens connections that say nothing and tests that are never read, and holds them for some seconds. */
final class Burden {
    private static final int CONNECTIONS = 150;
    private static final int TIMEOUT_MILLIS = 2000;
    private static final long HOLD_SECONDS = 3;
    private static final byte[] SLOW_TEST =
            new Command(Protocol.TCP, Direction.RECEIVE, false, 1, Command.TCP_TX_SIZE, 0, 100, 0).encode();

    private final Random random;
    private final Function<Random, BandwidthServer> servers;

    Burden(Random random, Function<Random, BandwidthServer> servers) {
        this.random = random;
        this.servers = servers;
    }

    void play() throws IOException, InterruptedException {
        List<Socket> held = new ArrayList<>();
        InetAddress source = InetAddress.getByAddress(new byte[] {127, 2, 0, (byte) (1 + random.nextInt(20))});
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = new Socket();
                held.add(socket);
                socket.bind(new InetSocketAddress(source, 0));
                socket.connect(servers.apply(random).address(), TIMEOUT_MILLIS);
                if (random.nextBoolean()) {
                    socket.getOutputStream().write(SLOW_TEST);
                }
            }
            TimeUnit.SECONDS.sleep(HOLD_SECONDS);
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }
}

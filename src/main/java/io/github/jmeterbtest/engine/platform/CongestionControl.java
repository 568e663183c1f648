package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which congestion control TCP uses on what this machine sends: it decides how fast a connection is, and how long the
 * queue that it keeps in the network. Linux tells it; with Java 22 or newer that of each connection, which can also be
 * chosen (tcp(7), {@code TCP_CONGESTION}).
 */
public final class CongestionControl {
    private static final Logger LOG = LoggerFactory.getLogger(CongestionControl.class);
    private static final Path SETTINGS = Path.of("/proc/sys/net/ipv4");
    /** The longest name that Linux has, and a zero. */
    private static final int NAME_LENGTH = 16;

    private CongestionControl() {}

    /** @return what this system begins with; nothing if it does not tell */
    static Optional<String> ofSystem() {
        return setting("tcp_congestion_control");
    }

    /** @return that of a connection; nothing if the system does not tell */
    static Optional<String> of(SocketDescriptor connection) {
        return connection
                .option(SystemCalls.IPPROTO_TCP, SystemCalls.TCP_CONGESTION, NAME_LENGTH)
                .map(name -> StandardCharsets.US_ASCII.decode(name).toString().replaceAll("\0.*", ""))
                .filter(name -> !name.isEmpty());
    }

    /**
     * Sets it for connections that are open.
     *
     * @param name one without a {@link #whyNot}
     * @return whether all of them have it
     */
    public static boolean set(List<SocketChannel> connections, String name) throws IOException {
        List<SocketDescriptor> descriptors = SocketDescriptor.of(connections);
        try {
            return descriptors.stream().allMatch(descriptor -> descriptor != null && set(descriptor, name));
        } finally {
            SocketDescriptor.closeAll(descriptors);
        }
    }

    private static boolean set(SocketDescriptor descriptor, String name) {
        return descriptor.setOption(
                SystemCalls.IPPROTO_TCP, SystemCalls.TCP_CONGESTION, name.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Tries it, since the system may load it for that, or allow it to some users only.
     *
     * @return why it cannot be set here, to be read behind its name; empty if it can
     */
    public static String whyNot(String name) {
        if (!SystemCalls.available()) {
            return "cannot be set by this Java on this system (" + SystemCalls.whyNot()
                    + "); leave it empty, or set it for all programs of the system";
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET)) {
            // not what Java takes for the loopback address: that may be the one of IPv6
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            return set(List.of(channel), name) ? "" : "is not available; this system has " + choices();
        } catch (IOException e) {
            LOG.debug("no socket to try a congestion control with", e);
            return "could not be tried (" + e.getMessage() + ")";
        }
    }

    /** Those that every user may set differ from those that are there where an administrator wants it so. */
    private static String choices() {
        String available = setting("tcp_available_congestion_control").orElse("none that it tells");
        String allowed = setting("tcp_allowed_congestion_control").orElse(available);
        return String.join(", ", available.split(" "))
                + (allowed.equals(available) ? "" : ", and allows every user " + String.join(", ", allowed.split(" ")));
    }

    private static Optional<String> setting(String name) {
        try {
            return Optional.of(Files.readString(SETTINGS.resolve(name)).trim()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            LOG.debug("this system has no {}", name, e);
            return Optional.empty();
        }
    }
}

package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.Dscp;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Opens TCP connections to the server, trying all addresses of its name in order. */
final class ClientConnection {
    private static final long CONNECT_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /**
     * A refusal takes one way there and back, or a second more if a packet is lost. No system gives up by itself so
     * soon.
     */
    private static final long MAX_REFUSAL_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    private final NanoClock clock;
    private final ClientOptions options;
    private final HostNames names;
    private final ResourceRegistry resources;
    /** Null for the system's choice. */
    private InetAddress local;
    /** Null until they have been looked up. */
    private List<InetAddress> addresses;

    /** Receives each resource before the client blocks on it, so that a stop can close it. */
    interface ResourceRegistry {
        /** @throws IOException if there was a stop already */
        void register(Closeable closeable) throws IOException;
    }

    ClientConnection(NanoClock clock, ClientOptions options, HostNames names, ResourceRegistry resources) {
        this.clock = clock;
        this.options = options;
        this.names = names;
        this.resources = resources;
    }

    /** Looks up the addresses of the server and of this end, unless that has been done. */
    void lookUp() throws IOException, BtestException {
        if (addresses == null) {
            local = options.localAddress().isEmpty() ? null : localAddress();
            addresses = serverAddresses();
        }
    }

    /** @return the first address of the server that can be reached from the local one, once both are looked up */
    InetAddress firstAddress() {
        return addresses.stream()
                .filter(address -> local == null || Sockets.family(address) == Sockets.family(local))
                .findFirst()
                .orElse(addresses.get(0));
    }

    /** @return the address of this machine to use, once it has been looked up; null for the system's choice */
    InetAddress local() {
        return local;
    }

    /** @return a connected, blocking channel */
    SocketChannel connect() throws IOException, BtestException {
        lookUp();
        long deadline = clock.nanoTime() + options.connectTimeout().toNanos();
        BtestException failure = null;
        for (int i = 0; i < addresses.size(); i++) {
            // each address gets its share of the time that is left
            long share = (deadline - clock.nanoTime()) / (addresses.size() - i);
            try {
                return connect(
                        new InetSocketAddress(addresses.get(i), options.port()),
                        Math.max(1, (share + 999_999) / 1_000_000));
            } catch (BtestException e) {
                failure = failure == null || vagueness(e) < vagueness(failure) ? e : failure;
            }
        }
        throw addresses.size() == 1
                ? failure
                : new BtestException(
                        failure.kind(),
                        failure.getMessage() + "; none of the " + addresses.size() + " addresses of " + options.server()
                                + " accepted a connection",
                        failure);
    }

    /** An address that answers says more than one that does not, and one that cannot be tried from here says least. */
    private static int vagueness(BtestException failure) {
        return List.of(
                        ErrorKind.CONNECT_REFUSED,
                        ErrorKind.CONNECT_TIMEOUT,
                        ErrorKind.UNREACHABLE,
                        ErrorKind.INVALID_OPTION)
                .indexOf(failure.kind());
    }

    private List<InetAddress> serverAddresses() throws IOException, BtestException {
        try {
            return addresses("server", options.server());
        } catch (UnknownHostException e) {
            throw new BtestException(
                    ErrorKind.UNREACHABLE,
                    "server \"" + options.server() + "\" is not a known host name; check its spelling and the DNS",
                    e);
        }
    }

    private InetAddress localAddress() throws IOException, BtestException {
        try {
            return addresses("local address", options.localAddress()).get(0);
        } catch (UnknownHostException e) {
            throw OptionChecks.unknownHost("local address", options.localAddress(), e);
        }
    }

    private List<InetAddress> addresses(String field, String host) throws IOException, BtestException {
        try (HostNames.Lookup lookup = names.lookup(host)) {
            resources.register(lookup);
            return lookup.await(options.connectTimeout());
        } catch (SocketTimeoutException e) {
            throw OptionChecks.silentNameService(field, host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private SocketChannel connect(InetSocketAddress address, long timeoutMillis) throws IOException, BtestException {
        SocketChannel channel = open(address);
        long startedAt = clock.nanoTime();
        try {
            bindLocally(channel, address);
            channel.socket().connect(address, (int) Math.min(timeoutMillis, Integer.MAX_VALUE));
            Sockets.disableNagle(channel);
            return channel;
        } catch (SocketTimeoutException e) {
            Sockets.closeQuietly(channel);
            throw unanswered(address, timeoutMillis, e);
        } catch (IOException e) {
            Sockets.closeQuietly(channel);
            throw notConnected(address, startedAt, e);
        } catch (BtestException e) {
            Sockets.closeQuietly(channel);
            throw e;
        }
    }

    private SocketChannel open(InetSocketAddress address) throws IOException, BtestException {
        SocketChannel channel;
        try {
            channel = SocketChannel.open(Sockets.family(address.getAddress()));
        } catch (UnsupportedOperationException e) {
            throw new BtestException(
                    ErrorKind.UNREACHABLE,
                    Sockets.show(address)
                            + " is an IPv6 address, but IPv6 is disabled in this Java (java.net.preferIPv4Stack)",
                    e);
        } catch (IOException e) {
            throw new BtestException(
                    ErrorKind.IO,
                    "cannot open a socket for a connection to " + Sockets.show(address) + ": " + e.getMessage(),
                    e);
        }
        resources.register(channel);
        mark(channel, address);
        return channel;
    }

    private void mark(SocketChannel channel, InetSocketAddress address) throws BtestException {
        try {
            Dscp.mark(channel, options.dscp());
        } catch (IOException e) {
            Sockets.closeQuietly(channel);
            throw new BtestException(
                    ErrorKind.IO,
                    "this system does not set DSCP " + options.dscp() + " for a connection to " + Sockets.show(address)
                            + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * @return so many further connections to the address, opened side by side: one after the other takes long on a long
     *     way
     */
    List<SocketChannel> connectAll(InetSocketAddress address, int count, long deadline)
            throws IOException, BtestException {
        List<SocketChannel> channels = new ArrayList<>();
        try {
            long startedAt = clock.nanoTime();
            for (int i = 0; i < count; i++) {
                channels.add(startConnect(address));
            }
            finish(channels, address, startedAt, deadline);
            return channels;
        } catch (BtestException e) {
            throw new BtestException(
                    e.kind(), "could not open all of the " + count + " other connections: " + e.getMessage(), e);
        }
    }

    private SocketChannel startConnect(InetSocketAddress address) throws IOException, BtestException {
        SocketChannel channel = open(address);
        bindLocally(channel, address);
        long startedAt = clock.nanoTime();
        try {
            channel.configureBlocking(false);
            channel.connect(address);
            return channel;
        } catch (IOException e) {
            throw notConnected(address, startedAt, e);
        }
    }

    private void finish(List<SocketChannel> channels, InetSocketAddress address, long startedAt, long deadline)
            throws IOException, BtestException {
        List<SocketChannel> pending = new ArrayList<>(channels);
        while (true) {
            for (Iterator<SocketChannel> i = pending.iterator(); i.hasNext(); ) {
                if (isConnected(i.next(), address, startedAt)) {
                    i.remove();
                }
            }
            if (pending.isEmpty()) {
                return;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
            if (clock.nanoTime() - deadline > 0) {
                throw unanswered(address, options.connectTimeout().toMillis(), null);
            }
            clock.parkNanos(CONNECT_POLL_NANOS);
        }
    }

    private boolean isConnected(SocketChannel channel, InetSocketAddress address, long startedAt)
            throws BtestException {
        try {
            if (!channel.finishConnect()) {
                return false;
            }
            channel.configureBlocking(true);
            Sockets.disableNagle(channel);
            return true;
        } catch (IOException e) {
            throw notConnected(address, startedAt, e);
        }
    }

    /** After a stop too, which the caller knows: Java closes a channel in both cases. */
    private BtestException notConnected(InetSocketAddress address, long startedAt, IOException e) {
        long waited = clock.nanoTime() - startedAt;
        if (!(e instanceof ConnectException)) {
            return unreachable(address, e);
        }
        // one exception for two things: a refusal, and a system that has given up before the connect timeout
        return waited < MAX_REFUSAL_NANOS
                ? refused(address, e)
                : unanswered(address, TimeUnit.NANOSECONDS.toMillis(waited), e);
    }

    private static BtestException refused(InetSocketAddress address, IOException cause) {
        return new BtestException(
                ErrorKind.CONNECT_REFUSED,
                "nothing listens on " + Sockets.show(address)
                        + "; check the port and that the bandwidth server is enabled"
                        + " (/tool bandwidth-server set enabled=yes)",
                cause);
    }

    private static BtestException unanswered(InetSocketAddress address, long timeoutMillis, IOException cause) {
        return new BtestException(
                ErrorKind.CONNECT_TIMEOUT,
                "no answer from " + Sockets.show(address) + " within " + timeoutMillis
                        + " ms; check address, port, route and firewalls",
                cause);
    }

    private static BtestException unreachable(InetSocketAddress address, IOException cause) {
        boolean needsZone = address.getAddress() instanceof Inet6Address ipv6
                && ipv6.isLinkLocalAddress()
                && ipv6.getScopeId() == 0;
        return new BtestException(
                ErrorKind.UNREACHABLE,
                Sockets.show(address) + " cannot be reached from here ("
                        + cause.getMessage() + "); "
                        + (needsZone
                                ? "a link-local address needs its interface, such as fe80::1%eth0"
                                : "check address, route and firewalls"),
                cause);
    }

    private void bindLocally(SocketChannel channel, InetSocketAddress peer) throws BtestException {
        if (local == null) {
            return;
        }
        if (Sockets.family(local) != Sockets.family(peer.getAddress())) {
            throw OptionChecks.invalid("local address " + options.localAddress() + " and server " + Sockets.show(peer)
                    + " are not both IPv4 or both IPv6");
        }
        try {
            channel.bind(new InetSocketAddress(local, 0));
        } catch (IOException e) {
            throw new BtestException(
                    ErrorKind.INVALID_OPTION,
                    "local address " + options.localAddress() + " is not an address of this machine",
                    e);
        }
    }
}

package io.github.jmeterbtest.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Opens TCP connections to the server, trying all addresses of its name in order. */
final class ClientConnection {
    private static final long CONNECT_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ClientOptions options;
    private final HostNames names;
    private final Keeper opened;
    /** Null for the system's choice. */
    private InetAddress local;

    /** Gets everything that may have to be waited for before it is, so that a stop can close it. */
    interface Keeper {
        /** @throws IOException if there was a stop already */
        void keep(Closeable closeable) throws IOException;
    }

    ClientConnection(ClientOptions options, HostNames names, Keeper opened) {
        this.options = options;
        this.names = names;
        this.opened = opened;
    }

    /** @return a connected, blocking channel */
    SocketChannel connect() throws IOException, BtestException {
        local = options.localAddress().isEmpty() ? null : localAddress();
        List<InetAddress> addresses = serverAddresses();
        long deadline = System.nanoTime() + options.connectTimeout().toNanos();
        BtestException first = null;
        for (int i = 0; i < addresses.size(); i++) {
            // each address gets its share of the time that is left
            long share = (deadline - System.nanoTime()) / (addresses.size() - i);
            try {
                return connect(new InetSocketAddress(addresses.get(i), options.port()), Math.max(1, (share + 999_999) / 1_000_000));
            } catch (BtestException e) {
                // an address of the other kind than the local one says least of what is wrong
                first = first == null || first.kind() == ErrorKind.INVALID_OPTION ? e : first;
            }
        }
        throw first;
    }

    private List<InetAddress> serverAddresses() throws IOException, BtestException {
        try {
            return addresses("server", options.server());
        } catch (UnknownHostException e) {
            throw new BtestException(ErrorKind.UNREACHABLE,
                    "server \"" + options.server() + "\" is no known host name; check its spelling and the DNS", e);
        }
    }

    private InetAddress localAddress() throws IOException, BtestException {
        try {
            return addresses("local address", options.localAddress()).get(0);
        } catch (UnknownHostException e) {
            throw Options.unknownHost("local address", options.localAddress(), e);
        }
    }

    private List<InetAddress> addresses(String field, String host) throws IOException, BtestException {
        try (HostNames.Lookup lookup = names.lookup(host)) {
            opened.keep(lookup);
            return lookup.await(options.connectTimeout());
        } catch (SocketTimeoutException e) {
            throw Options.silentNameService(field, host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private SocketChannel connect(InetSocketAddress address, long timeoutMillis) throws IOException, BtestException {
        SocketChannel channel = open(address);
        opened.keep(channel);
        try {
            bindLocally(channel, address);
            channel.socket().connect(address, (int) Math.min(timeoutMillis, Integer.MAX_VALUE));
            Sockets.sendAtOnce(channel);
            return channel;
        } catch (SocketTimeoutException e) {
            Sockets.closeQuietly(channel);
            throw unanswered(address, timeoutMillis, e);
        } catch (ConnectException e) {
            Sockets.closeQuietly(channel);
            if (String.valueOf(e.getMessage()).contains("timed out")) {
                throw unanswered(address, timeoutMillis, e);
            }
            throw new BtestException(ErrorKind.CONNECT_REFUSED, "nothing listens on " + Sockets.show(address)
                    + "; check the port and that the bandwidth server is enabled (/tool bandwidth-server set enabled=yes)", e);
        } catch (SocketException e) {
            if (!channel.isOpen()) {
                // closed by stop(); the caller knows
                throw e;
            }
            Sockets.closeQuietly(channel);
            throw new BtestException(ErrorKind.UNREACHABLE, Sockets.show(address) + " cannot be reached from here ("
                    + e.getMessage() + "); check address and route", e);
        } catch (IOException | BtestException e) {
            Sockets.closeQuietly(channel);
            throw e;
        }
    }

    private static SocketChannel open(InetSocketAddress address) throws IOException, BtestException {
        try {
            return SocketChannel.open(Sockets.family(address.getAddress()));
        } catch (UnsupportedOperationException e) {
            throw new BtestException(ErrorKind.UNREACHABLE, Sockets.show(address)
                    + " is an IPv6 address, and IPv6 is switched off in this Java (java.net.preferIPv4Stack)", e);
        }
    }

    /** @return so many further connections to the address, opened side by side: one after the other takes long on a long way */
    List<SocketChannel> connectAll(InetSocketAddress address, int count, long deadline) throws IOException, BtestException {
        List<SocketChannel> channels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = open(address);
            opened.keep(channel);
            channels.add(channel);
            channel.configureBlocking(false);
            bindLocally(channel, address);
            channel.connect(address);
        }
        for (SocketChannel channel : channels) {
            while (!channel.finishConnect()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new ClosedByInterruptException();
                }
                if (System.nanoTime() > deadline) {
                    throw unanswered(address, options.connectTimeout().toMillis(), null);
                }
                LockSupport.parkNanos(CONNECT_POLL_NANOS);
            }
            channel.configureBlocking(true);
            Sockets.sendAtOnce(channel);
        }
        return channels;
    }

    private static BtestException unanswered(InetSocketAddress address, long timeoutMillis, IOException cause) {
        return new BtestException(ErrorKind.CONNECT_TIMEOUT, "no answer from " + Sockets.show(address) + " within "
                + timeoutMillis + " ms; check address, port, route and firewalls", cause);
    }

    private void bindLocally(SocketChannel channel, InetSocketAddress peer) throws BtestException {
        if (local == null) {
            return;
        }
        if (Sockets.family(local) != Sockets.family(peer.getAddress())) {
            throw Options.invalid("local address " + options.localAddress() + " and server " + Sockets.show(peer)
                    + " are not both IPv4 or both IPv6");
        }
        try {
            channel.bind(new InetSocketAddress(local, 0));
        } catch (IOException e) {
            throw new BtestException(ErrorKind.INVALID_OPTION, "local address " + options.localAddress()
                    + " is no address of this machine", e);
        }
    }
}

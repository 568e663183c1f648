package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.protocol.Hex;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;

/** The other end of a TCP connection, which says and hears bytes as they are. Every read has a deadline. */
final class Peer implements Closeable {
    static final String HELLO = "01 00 00 00";
    static final String OK = "01 00 00 00";
    static final String REFUSED = "00 00 00 00";
    private static final int DEADLINE_MILLIS = 10_000;

    private final Socket socket;
    private final boolean dribbles;

    /** @param dribbles whether every byte leaves in a segment of its own */
    Peer(Socket socket, boolean dribbles) throws IOException {
        this.socket = socket;
        this.dribbles = dribbles;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(DEADLINE_MILLIS);
    }

    /** {@return a client of that server that has heard its HELLO} */
    static Peer clientOf(BandwidthServer server) throws IOException {
        return clientOf(server, "127.0.0.1");
    }

    static Peer clientOf(BandwidthServer server, String localAddress) throws IOException {
        Peer peer = silentClientOf(server, localAddress);
        peer.expect(HELLO);
        return peer;
    }

    static Peer silentClientOf(BandwidthServer server, String localAddress) throws IOException {
        InetSocketAddress address = server.address();
        return new Peer(
                new Socket(address.getAddress(), address.getPort(), InetAddress.getByName(localAddress), 0), false);
    }

    Socket socket() {
        return socket;
    }

    void send(String hex) throws IOException {
        send(Hex.bytes(hex));
    }

    void send(byte[] bytes) throws IOException {
        if (!dribbles) {
            socket.getOutputStream().write(bytes);
            return;
        }
        for (byte b : bytes) {
            socket.getOutputStream().write(b);
            socket.getOutputStream().flush();
        }
    }

    byte[] read(int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        assertThat(bytes).as("bytes before the end of the stream").hasSize(length);
        return bytes;
    }

    /** {@return what one read gives, as old clients read a message} */
    byte[] readOnce() throws IOException {
        byte[] buffer = new byte[1000];
        int length = socket.getInputStream().read(buffer);
        return Arrays.copyOf(buffer, Math.max(0, length));
    }

    String readHex(int length) throws IOException {
        return Hex.text(read(length));
    }

    void expect(String hex) throws IOException {
        assertThat(readHex(Hex.bytes(hex).length)).isEqualTo(Hex.text(Hex.bytes(hex)));
    }

    /** The stream ends properly, without another byte. */
    void expectEnd() throws IOException {
        assertThat(Hex.text(socket.getInputStream().readNBytes(64)))
                .as("bytes before the end")
                .isEmpty();
    }

    /** Nothing more comes before the other end closes, in whatever way. */
    void expectNothingMore() throws IOException {
        byte[] more = {};
        try {
            more = socket.getInputStream().readNBytes(64);
        } catch (SocketException e) {
            // a reset is an end as well
            assertThat(e).hasMessageContaining("reset");
        }
        assertThat(Hex.text(more)).as("bytes before the end").isEmpty();
    }

    /** {@return all bytes until the other end closes, in whatever way} */
    long drain() throws IOException {
        long total = 0;
        byte[] buffer = new byte[64 << 10];
        InputStream in = socket.getInputStream();
        try {
            int n;
            while ((n = in.read(buffer)) >= 0) {
                total += n;
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SocketException e) {
            // a reset is an end as well
        }
        return total;
    }

    interface Reading {
        byte[] next() throws IOException;
    }

    /**
     * Reads statuses until they tell of so many bytes: what is sent at once may fall into two seconds of the other end.
     *
     * @param first number of the next status
     * @return number of the one behind the last that was read
     */
    static int expectReceived(int first, long bytes, Reading statuses) throws IOException {
        int number = first;
        long sum = 0;
        while (sum < bytes) {
            byte[] status = statuses.next();
            assertThat(Hex.text(status)).matches("07 ([89a-d].|e[0-4]) 00 00 .*");
            ByteBuffer numbers = ByteBuffer.wrap(status, 4, 8).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(numbers.getInt()).as("number of the status").isEqualTo(number++);
            sum += numbers.getInt();
        }
        assertThat(sum).as("bytes in all").isEqualTo(bytes);
        return number;
    }

    /** The same where nothing else is on the connection. */
    int expectReceived(int first, long bytes) throws IOException {
        return expectReceived(first, bytes, () -> read(12));
    }

    /** Reads what comes for so long; {@return how much it was} */
    long readFor(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        byte[] buffer = new byte[64 << 10];
        long total = 0;
        while (System.nanoTime() < end) {
            int n = socket.getInputStream().read(buffer);
            assertThat(n).as("bytes before the end of the stream").isPositive();
            total += n;
        }
        return total;
    }

    /** Skips zeros; {@return the 12 bytes from the first other byte on} */
    byte[] nextStatusInZeros() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] status = new byte[12];
        byte[] buffer = new byte[64 << 10];
        int filled = 0;
        while (filled < status.length) {
            // no byte behind the status, as it may begin the next one
            int n = in.read(buffer, 0, filled == 0 ? buffer.length : status.length - filled);
            assertThat(n).as("bytes before the end of the stream").isPositive();
            int from = 0;
            while (filled == 0 && from < n && buffer[from] == 0) {
                from++;
            }
            int take = Math.min(n - from, status.length - filled);
            System.arraycopy(buffer, from, status, filled, take);
            filled += take;
            assertThat(Arrays.copyOfRange(buffer, from + take, n))
                    .as("data behind a status")
                    .isEqualTo(new byte[n - from - take]);
        }
        return status;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

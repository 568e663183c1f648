package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Stands for InfluxDB or Graphite on a free port of this machine, and keeps the lines that it is sent. */
final class MetricsServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final List<String> lines = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private final int port;
    private final Closeable socket;

    private MetricsServer(HttpServer server) {
        server.createContext("/write", exchange -> {
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(this::add);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        port = server.getAddress().getPort();
        socket = () -> server.stop(0);
    }

    private MetricsServer(ServerSocket server) {
        port = server.getLocalPort();
        socket = server;
        daemon(() -> accept(server));
    }

    static MetricsServer influxdb() throws IOException {
        return new MetricsServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    static MetricsServer graphite() throws IOException {
        return new MetricsServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    int port() {
        return port;
    }

    /** Returns as soon as that many lines of a kind have come. */
    void await(int count, Predicate<String> kind) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (lines) {
            while (lines.stream().filter(kind).count() < count) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(left)
                        .as("ms left to wait for %d lines; there is only:%n%s", count, String.join("\n", lines))
                        .isPositive();
                lines.wait(left);
            }
        }
    }

    /** {@return all lines, once whoever was connected has closed} */
    List<String> allLines() throws InterruptedException {
        List<Thread> toEnd;
        synchronized (lines) {
            toEnd = List.copyOf(readers);
        }
        for (Thread reader : toEnd) {
            reader.join();
        }
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept(ServerSocket server) {
        try {
            while (!server.isClosed()) {
                Socket connection = server.accept();
                synchronized (lines) {
                    readers.add(daemon(() -> read(connection)));
                }
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void read(Socket connection) {
        try (connection;
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String line) {
        synchronized (lines) {
            lines.add(line);
            lines.notifyAll();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "metrics-server");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}

package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.Threads;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * The addresses of host names. Java can neither limit a lookup nor break it off, so each one runs on a thread of its
 * own, which nobody has to wait for. Lookups that hang hold their threads, so there are only so many; all who ask for
 * one name share one lookup, so that one dead name takes one thread. Thread-safe.
 */
public final class HostNames {
    /** What the system knows. */
    public static final HostNames SYSTEM = new HostNames(InetAddress::getAllByName);

    /** Lookups at once. */
    static final int MAX_THREADS = 64;

    private static final int MAX_WAITING = 1_000;
    private static final Duration FIELD_TIMEOUT = Duration.ofSeconds(5);
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";
    /** What Java reads as an address, or as a wrong one, without asking the name service. */
    private static final Pattern ADDRESS = Pattern.compile(OCTET + "(\\." + OCTET + "){3}|[\\[:0-9a-fA-F].*:.*");

    private final NameService service;
    private final Executor threads = Threads.pool("lookup", MAX_THREADS, MAX_WAITING);
    private final Map<String, CompletableFuture<List<InetAddress>>> running = new ConcurrentHashMap<>();

    /** What knows the addresses of names, and may take its time. */
    public interface NameService {
        /**
         * @return one address or more, the best one first
         * @throws UnknownHostException if there is none
         */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** @param service is asked, by several threads at once */
    public HostNames(NameService service) {
        this.service = service;
    }

    /**
     * Waits for the addresses of a host; an interrupt ends the wait.
     *
     * @param host name or address; an address needs no name service
     * @param timeout how long to wait
     * @return one address or more, the best one first
     * @throws UnknownHostException if the name has no address
     * @throws SocketTimeoutException if the name service has not answered in time
     * @throws IOException if the name service failed otherwise
     * @throws InterruptedException if the calling thread is interrupted
     */
    List<InetAddress> addresses(String host, Duration timeout) throws IOException, InterruptedException {
        return lookup(host).await(timeout);
    }

    /**
     * As {@link #addresses}, with a timeout of 5 s, for a field that a user filled in.
     *
     * @param field name of the field, for messages
     * @throws BtestException of kind {@link ErrorKind#INVALID_OPTION} if the host has no address,
     *     {@link ErrorKind#UNREACHABLE} if the name service does not answer within 5 s, {@link ErrorKind#STOPPED} if
     *     the calling thread is interrupted, whose flag stays set
     */
    public List<InetAddress> addressesOf(String field, String host) throws BtestException {
        try {
            return addresses(host, FIELD_TIMEOUT);
        } catch (SocketTimeoutException e) {
            throw OptionChecks.silentNameService(field, host, e);
        } catch (IOException e) {
            throw OptionChecks.unknownHost(field, host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BtestException(ErrorKind.STOPPED, "stopped during the DNS lookup of " + host, e);
        }
    }

    /** @return a lookup that has begun */
    Lookup lookup(String host) {
        try {
            return new Lookup(
                    ADDRESS.matcher(host).matches()
                            ? addressOf(host)
                            : running.computeIfAbsent(host, this::startLookup).copy());
        } catch (RejectedExecutionException e) {
            return new Lookup(CompletableFuture.failedFuture(
                    new SocketTimeoutException(MAX_WAITING + " other lookups are waiting for an answer")));
        }
    }

    private static CompletableFuture<List<InetAddress>> addressOf(String text) {
        try {
            return CompletableFuture.completedFuture(List.of(InetAddress.getAllByName(text)));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<List<InetAddress>> startLookup(String host) {
        CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();
        threads.execute(() -> ask(host, result));
        return result;
    }

    private void ask(String host, CompletableFuture<List<InetAddress>> result) {
        Runnable answer;
        try {
            List<InetAddress> addresses = List.of(service.addresses(host));
            answer = () -> result.complete(addresses);
        } catch (UnknownHostException | RuntimeException | Error e) {
            answer = () -> result.completeExceptionally(e);
        }
        // before the answer, so that whoever has it and looks up the name once more does not get the old one
        running.remove(host, result);
        answer.run();
    }

    /** One wait for the addresses of a host. Closing it, from any thread, ends the wait. */
    static final class Lookup implements Closeable {
        private final CompletableFuture<List<InetAddress>> result;

        private Lookup(CompletableFuture<List<InetAddress>> result) {
            this.result = result;
        }

        /** As {@link HostNames#addresses}. */
        List<InetAddress> await(Duration timeout) throws IOException, InterruptedException {
            try {
                return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms");
            } catch (CancellationException e) {
                throw new AsynchronousCloseException();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failure) {
                    throw failure;
                }
                throw new IOException("DNS lookup failed: " + e.getCause(), e.getCause());
            }
        }

        @Override
        public void close() {
            result.cancel(false);
        }
    }
}

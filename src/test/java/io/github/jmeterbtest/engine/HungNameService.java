package io.github.jmeterbtest.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Answers 127.0.0.1 to everything, but not before it is closed: a name service that is not there. */
public final class HungNameService implements HostNames.NameService, AutoCloseable {
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public InetAddress[] addresses(String host) throws UnknownHostException {
        asked.add(host);
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nothing reaches a lookup that hangs", e);
        }
        return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
    }

    /** {@return the next name that it was asked for; it must come soon} */
    public String awaitQuestion() throws InterruptedException {
        String host = asked.poll(10, TimeUnit.SECONDS);
        if (host == null) {
            throw new AssertionError("the name service was not asked");
        }
        return host;
    }

    /** {@return how many more questions there were} */
    public int questions() {
        return asked.size();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

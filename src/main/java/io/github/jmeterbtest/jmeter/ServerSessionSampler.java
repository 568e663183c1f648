package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.BtestException;
import io.github.jmeterbtest.engine.ErrorKind;
import io.github.jmeterbtest.engine.ServerSession;
import io.github.jmeterbtest.engine.TestReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.jmeter.samplers.Entry;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.threads.JMeterContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MikroTik Bandwidth Server Session: waits for the next session of a MikroTik Bandwidth Server of this plan and reports it.
 * Received is what the server received. The wait is no part of the sample, unless nobody comes.
 *
 * <p>What JMeter calls, and on which thread, is as with {@link BandwidthTestSampler}; instead of running a client,
 * {@code sample()} follows a session whose data threads are the server's.
 */
public class ServerSessionSampler extends AbstractBandwidthSampler {
    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(ServerSessionSampler.class);

    /** Response code when no client came in time. */
    public static final String NO_SESSION = "NO_SESSION";

    /** Name of a MikroTik Bandwidth Server element; empty for the plan's only one. */
    public static final String SERVER_NAME = "ServerSession.serverName";
    /** Address, network such as 192.0.2.0/24, or host name of the clients wanted; empty for any. */
    public static final String CLIENT_ADDRESS = "ServerSession.clientAddress";
    /** The user that logged in, in the same case; empty for any, and for none. */
    public static final String USER = "ServerSession.user";
    /** How long to wait for a session, seconds, decimals allowed. */
    public static final String TIMEOUT = "ServerSession.timeout";
    /** live, sub-results or none. */
    public static final String INTERVAL_REPORTING = "ServerSession.intervalReporting";

    /** Every property of this element, in the order of its form. */
    static final List<FormField> FIELDS = List.of(
            FormField.text("session", SERVER_NAME, ""),
            FormField.text("session", TIMEOUT, "60"),
            FormField.text("session", CLIENT_ADDRESS, ""),
            FormField.text("session", USER, ""),
            IntervalReporting.field(INTERVAL_REPORTING));

    private transient volatile Thread waiting;
    private transient volatile ServerSession following;
    private transient volatile boolean interrupted;

    @Override
    public SampleResult sample(Entry ignored) {
        FinalSample.Watch watch = new FinalSample.Watch();
        BtestVariables variables = new BtestVariables(getThreadContext().getVariables());
        variables.removeTest();
        try {
            Fields fields = new Fields(this, FIELDS);
            IntervalReporting reporting =
                    fields.choice(INTERVAL_REPORTING, IntervalReporting.values(), IntervalReporting::word);
            Duration timeout = Schedule.shorten(fields.seconds(TIMEOUT), getThreadContext());
            RunningServers.Running server = RunningServers.find(fields.text(SERVER_NAME));
            Optional<ServerSession> session = await(server, timeout, wanted(fields));
            if (session.isEmpty()) {
                return FinalSample.failed(NO_SESSION, nobody(fields, server, timeout), watch.stop(), getName(), "");
            }
            return report(session.get(), new SampleEmitter(this, reporting, server.options().interval()), watch, variables);
        } catch (BtestException failure) {
            return FinalSample.failed(failure, null, watch.stop(), getName(), "");
        } catch (InterruptedException e) {
            return FinalSample.failed(ErrorKind.STOPPED.name(), "stopped while waiting for a client", watch.stop(), getName(), "");
        } catch (RuntimeException bug) {
            // JMeter would log it and go on without any sample, which would look as if nothing had failed
            log.error("{} failed in a way that it should not", getName(), bug);
            return FinalSample.failed(FinalSample.INTERNAL_ERROR, bug.toString(), watch.stop(), getName(), "");
        } finally {
            following = null;
            interrupted = false;
            // Stop interrupts this thread too; listeners and later samplers must not stumble over it
            Thread.interrupted();
        }
    }

    private static Predicate<ServerSession> wanted(Fields fields) throws BtestException {
        ClientFilter clients = fields.clients(CLIENT_ADDRESS);
        String user = fields.text(USER);
        return session -> clients.accepts(session.peer().getAddress()) && (user.isEmpty() || user.equals(session.user()));
    }

    private static String nobody(Fields fields, RunningServers.Running server, Duration timeout) throws BtestException {
        String clients = fields.text(CLIENT_ADDRESS);
        String user = fields.text(USER);
        return "no client" + (clients.isEmpty() ? "" : " of " + clients) + (user.isEmpty() ? "" : " with user " + user)
                + " came to " + ReportJson.address(server.server().address()) + " within " + timeout.toMillis() / 1000.0
                + " s: check the client's address and port, and the firewalls between";
    }

    private Optional<ServerSession> await(RunningServers.Running server, Duration timeout, Predicate<ServerSession> wanted)
            throws InterruptedException {
        waiting = Thread.currentThread();
        try {
            if (interrupted) {
                throw new InterruptedException();
            }
            return server.server().awaitSession(timeout, wanted);
        } finally {
            waiting = null;
        }
    }

    private SampleResult report(ServerSession session, SampleEmitter emitter, FinalSample.Watch watch,
            BtestVariables variables) {
        following = session;
        if (interrupted) {
            session.stop();
        }
        String asked = Asked.of(session);
        emitter.begunAt(session.started().toEpochMilli());
        try {
            TestReport report = follow(session, emitter, getThreadContext());
            variables.set(report);
            return FinalSample.passed(report, emitter, span(report), getName(), asked);
        } catch (BtestException failure) {
            failure.report().ifPresent(variables::set);
            return FinalSample.failed(failure, emitter,
                    failure.report().map(ServerSessionSampler::span).orElseGet(watch::stop), getName(), asked);
        }
    }

    private static TestReport follow(ServerSession session, SampleEmitter emitter, JMeterContext context)
            throws BtestException {
        while (true) {
            try {
                return session.follow(interval -> {
                    emitter.interval(interval);
                    if (Schedule.isOver(context)) {
                        session.stop();
                    }
                });
            } catch (InterruptedException e) {
                // Stop: what was measured until now still is to be reported, and comes within a moment
                session.stop();
            }
        }
    }

    /** From the accept to the end of the transfer. */
    private static FinalSample.Span span(TestReport report) {
        long handshake = TimeUnit.NANOSECONDS.toMillis(report.handshakeNanos());
        long begin = report.started().toEpochMilli();
        return new FinalSample.Span(begin - handshake, begin + TimeUnit.NANOSECONDS.toMillis(report.transferNanos()));
    }

    /** Called under a lock of JMeter's from another thread, so it must not wait. */
    @Override
    public boolean interrupt() {
        interrupted = true;
        ServerSession session = following;
        Thread waiter = waiting;
        if (session != null) {
            session.stop();
        } else if (waiter != null) {
            waiter.interrupt();
        }
        return session != null || waiter != null;
    }
}

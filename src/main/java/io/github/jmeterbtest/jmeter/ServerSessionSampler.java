package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.HostNames;
import io.github.jmeterbtest.engine.Refusal;
import io.github.jmeterbtest.engine.ServerSession;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.jmeter.field.ClientFilter;
import io.github.jmeterbtest.jmeter.field.Fields;
import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.jmeter.field.IntervalReporting;
import io.github.jmeterbtest.jmeter.sample.RefusedClients;
import io.github.jmeterbtest.jmeter.sample.ReportJson;
import io.github.jmeterbtest.jmeter.sample.RequestText;
import io.github.jmeterbtest.jmeter.sample.RunningTest;
import io.github.jmeterbtest.jmeter.sample.SampleEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.jmeter.threads.JMeterContext;

/**
 * MikroTik Bandwidth Server Session: waits for the next session of a MikroTik Bandwidth Server of this plan and reports
 * it. Received is what the server received. The wait is no part of the sample, unless nobody comes.
 */
public class ServerSessionSampler extends AbstractBandwidthSampler {
    private static final long serialVersionUID = 1L;

    /** Longest wait for a client. */
    static final Duration MAX_TIMEOUT = ClientOptions.MAX_DURATION;

    /** A client whose own time ends with the thread group's may end its test first. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Up to here this thread's samples have reported, or need not report, which clients were refused. */
    private transient Instant reportedUntil = Instant.EPOCH;

    /** Name of a MikroTik Bandwidth Server element; empty for the plan's only one. */
    public static final String SERVER_NAME = "ServerSession.serverName";
    /** Address, network such as 192.0.2.0/24, or host name of the clients wanted; empty for any. */
    public static final String CLIENT_ADDRESS = "ServerSession.clientAddress";
    /** The user that logged in, in the same case; empty for any, and for none. */
    public static final String USER = "ServerSession.user";
    /** How long to wait for a session, 0..604800 seconds, decimals allowed. */
    public static final String TIMEOUT = "ServerSession.timeout";
    /** live, sub-results or none. */
    public static final String INTERVAL_REPORTING = "ServerSession.intervalReporting";

    /** Every property of this element, in the order of its form. */
    public static final List<FormField> FIELDS = List.of(
            FormField.text("session", SERVER_NAME, ""),
            FormField.text("session", TIMEOUT, "60"),
            FormField.text("session", CLIENT_ADDRESS, ""),
            FormField.text("session", USER, ""),
            IntervalReporting.field(INTERVAL_REPORTING));

    @Override
    PreparedTest prepare() throws BtestException {
        Fields fields = new Fields(this, FIELDS);
        IntervalReporting reporting =
                fields.choice(INTERVAL_REPORTING, IntervalReporting.values(), IntervalReporting::word);
        Duration timeout = fields.seconds(TIMEOUT, MAX_TIMEOUT);
        // the name service may take its time, which is no part of the wait for a client
        ClientFilter clients = fields.clients(CLIENT_ADDRESS, names());
        Optional<Duration> left = Schedule.left(getThreadContext()).filter(time -> time.compareTo(timeout) < 0);
        RunningServers.Running server = RunningServers.find(fields.text(SERVER_NAME));
        Instant reportedBefore = reportedUntil;
        String user = fields.text(USER);
        Optional<ServerSession> came = await(server, left.orElse(timeout), wanted(clients, user));
        reportedUntil = Instant.now();
        if (came.isEmpty() && left.isPresent()) {
            return null;
        }
        if (came.isEmpty()) {
            throw nobody(
                    fields.text(CLIENT_ADDRESS),
                    user,
                    server,
                    timeout,
                    server.server().refusals().stream()
                            .filter(refusal ->
                                    refusal.at().isAfter(reportedBefore) && clients.accepts(refusal.client()))
                            .toList());
        }
        ServerSession session = came.get();
        return new SingleTest(
                RequestText.of(session),
                new SampleEmitter(
                        this,
                        reporting,
                        new RunningTest(
                                session.protocol(), server.options().interval(), Optional.empty(), session::started)),
                listener -> follow(session, listener, getThreadContext()),
                session::stop);
    }

    /** {@return what knows the addresses of the clients' names} */
    HostNames names() {
        return HostNames.SYSTEM;
    }

    private static Predicate<ServerSession> wanted(ClientFilter clients, String user) {
        return session ->
                clients.accepts(session.peer().getAddress()) && (user.isEmpty() || user.equals(session.user()));
    }

    private static BtestException nobody(
            String clients, String user, RunningServers.Running server, Duration timeout, List<Refusal> refusals) {
        String why = refusals.isEmpty()
                ? "; check the client's address and port settings and the firewalls in between"
                : "; refused: " + RefusedClients.text(refusals, Instant.now());
        return new BtestException(
                ErrorKind.NO_SESSION,
                "no client" + (clients.isEmpty() ? "" : " of " + clients)
                        + (user.isEmpty() ? "" : " with user " + user) + " got a test at "
                        + ReportJson.address(server.server().address())
                        + " within " + timeout.toMillis() / 1000.0 + " s" + why);
    }

    private static Optional<ServerSession> await(
            RunningServers.Running server, Duration timeout, Predicate<ServerSession> wanted) throws BtestException {
        try {
            return server.server().awaitSession(timeout, wanted);
        } catch (InterruptedException e) {
            throw new BtestException(ErrorKind.STOPPED, "stopped while waiting for a client", e);
        }
    }

    private static TestReport follow(ServerSession session, Consumer<IntervalReport> listener, JMeterContext context)
            throws BtestException {
        while (true) {
            try {
                return session.follow(interval -> {
                    listener.accept(interval);
                    if (Schedule.left(context)
                            .filter(left -> left.plus(GRACE).isNegative())
                            .isPresent()) {
                        session.finish();
                    }
                });
            } catch (InterruptedException e) {
                // Stop: what was measured until now still is to be reported, and comes within a moment
                session.stop();
            }
        }
    }
}

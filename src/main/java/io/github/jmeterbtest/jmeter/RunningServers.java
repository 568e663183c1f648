package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.ServerOptions;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bandwidth servers of the plan that runs in this JVM, by the names of their elements. */
final class RunningServers {
    private static final Map<String, Running> SERVERS = new LinkedHashMap<>();
    private static Object currentRun;

    private RunningServers() {}

    /**
     * One server with what it was started with.
     *
     * @param server the server
     * @param options its options
     */
    record Running(BandwidthServer server, ServerOptions options) {}

    /**
     * @param run stands for the run by its identity. Servers of another run are closed: JMeter gave it up when some
     *     element failed to start, and no element was told that it ended
     * @return the server, started
     */
    static synchronized BandwidthServer start(Object run, String name, ServerOptions options) throws BtestException {
        if (run != currentRun) {
            stopAll();
            currentRun = run;
        }
        if (SERVERS.containsKey(name)) {
            throw new BtestException(
                    ErrorKind.INVALID_OPTION,
                    "there are two servers named \"" + name
                            + "\" in the test plan; rename one, because session samplers find servers by name");
        }
        BandwidthServer server = BandwidthServer.start(options);
        SERVERS.put(name, new Running(server, options));
        return server;
    }

    /** {@return whether this is the only one so far} */
    static synchronized boolean isOnly(String name) {
        return SERVERS.size() == 1 && SERVERS.containsKey(name);
    }

    /** @param name an element's name, or empty for the only server */
    static synchronized Running find(String name) throws BtestException {
        if (SERVERS.isEmpty()) {
            throw unknown("no MikroTik Bandwidth Server runs in this test plan; add one that runs on this engine");
        }
        if (name.isEmpty()) {
            if (SERVERS.size() > 1) {
                throw unknown("several servers run in this test plan; enter one of " + SERVERS.keySet());
            }
            return SERVERS.values().iterator().next();
        }
        Running found = SERVERS.get(name);
        if (found == null) {
            throw unknown("no server named \"" + name + "\" runs in this test plan; enter one of " + SERVERS.keySet());
        }
        return found;
    }

    /** @return what the server did until now; empty if there was none of that name */
    static String stop(String name) {
        Running stopped;
        synchronized (RunningServers.class) {
            stopped = SERVERS.remove(name);
        }
        if (stopped == null) {
            return "";
        }
        stopped.server().close();
        return stopped.server().summary();
    }

    /** Closes what is left. */
    static synchronized void stopAll() {
        SERVERS.values().forEach(running -> running.server().close());
        SERVERS.clear();
    }

    private static BtestException unknown(String message) {
        return new BtestException(ErrorKind.INVALID_OPTION, message);
    }
}

package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.ServerOptions;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.jmeter.field.Fields;
import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.jmeter.sample.ReportJson;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.JMeterVariables;

/**
 * MikroTik Bandwidth Server: listens from the test's start to its end, for RouterOS devices and MikroTik Bandwidth Test
 * samplers. There is one for the whole plan, wherever the element stands in it.
 *
 * <p>Its port is in the JMeter variable {@value #PORT_VARIABLE}, that of the first server, and for each server in
 * {@code btest_server_port_} followed by the element's name; so a port of 0 can be used.
 */
public class BandwidthServerConfig extends StartedElement {
    private static final long serialVersionUID = 1L;

    /** Holds the port of the plan's first server. */
    public static final String PORT_VARIABLE = "btest_server_port";

    /** Address of this machine, or 0.0.0.0 or :: for all. */
    public static final String BIND_ADDRESS = "BandwidthServer.bindAddress";
    /** TCP port, 0..65535; 0 for any free one. */
    public static final String PORT = "BandwidthServer.port";
    /** First UDP port to hand out, 1..65279. */
    public static final String UDP_PORTS_FROM = "BandwidthServer.udpPortsFrom";
    /** DSCP of everything that the server sends, 0..63 or a name; empty for the system's choice. */
    public static final String DSCP = "BandwidthServer.dscp";
    /** none, md5 or ec-srp5. */
    public static final String AUTHENTICATION = "BandwidthServer.authentication";
    /** The one user that may log in. */
    public static final String USER = "BandwidthServer.user";
    /** May be empty. */
    public static final String PASSWORD = "BandwidthServer.password";
    /** Any text; keeps EC-SRP5 salts the same over restarts. Empty for fresh ones each time. */
    public static final String EC_SRP5_SECRET = "BandwidthServer.ecSrp5Secret";
    /** true to blind the server's EC-SRP5 key. */
    public static final String EC_SRP5_BLINDING = "BandwidthServer.ecSrp5Blinding";
    /** Sessions at once, 1..10000. */
    public static final String MAX_SESSIONS = "BandwidthServer.maxSessions";
    /** Seconds, decimals allowed. */
    public static final String MAX_DURATION = "BandwidthServer.maxDuration";
    /** Seconds. */
    public static final String LOST_PEER_TIME = "BandwidthServer.lostPeerTime";

    /** Every property of this element, in the order of its form. */
    public static final List<FormField> FIELDS = List.of(
            FormField.text("listen", BIND_ADDRESS, "127.0.0.1"),
            FormField.text("listen", PORT, "2000").checkedAs("port"),
            FormField.text("listen", UDP_PORTS_FROM, "2001").checkedAs("allocate-udp-ports-from"),
            FormField.text("listen", DSCP, "").checkedAs("dscp"),
            FormField.choice("login", AUTHENTICATION, "none", List.of("none", "md5", "ec-srp5")),
            FormField.text("login", USER, "").checkedAs("user"),
            FormField.password("login", PASSWORD),
            FormField.password("login", EC_SRP5_SECRET),
            FormField.yesNo("login", EC_SRP5_BLINDING),
            FormField.text("limits", MAX_SESSIONS, "100").checkedAs("max-sessions"),
            FormField.text("limits", MAX_DURATION, "86400").checkedAs("maximum duration"),
            FormField.text("limits", LOST_PEER_TIME, "5").checkedAs("assume-lost-time"));

    private transient String startedName;

    @Override
    void start() throws BtestException {
        EngineProperties.apply();
        start(getName());
    }

    @Override
    void end() {
        if (startedName != null) {
            String summary = RunningServers.stop(startedName);
            if (!summary.isEmpty()) {
                announce(startedName + " ended: " + summary);
            }
            startedName = null;
        }
    }

    private void start(String name) throws BtestException {
        // set by JMeter on the engine's thread, anew for each run; each JMeter thread starts with a copy
        JMeterVariables variables = JMeterContextService.getContext().getVariables();
        BandwidthServer server = RunningServers.start(variables, name, options());
        startedName = name;
        String port = Integer.toString(server.address().getPort());
        if (RunningServers.isOnly(name)) {
            variables.put(PORT_VARIABLE, port);
        }
        variables.put(PORT_VARIABLE + "_" + name, port);
        announce(name + " listens on " + ReportJson.address(server.address()));
    }

    private ServerOptions options() throws BtestException {
        Fields fields = new Fields(this, FIELDS);
        Authentication authentication = fields.choice(AUTHENTICATION, Authentication.values(), Authentication::word);
        ServerOptions.Builder options = ServerOptions.builder()
                .bindAddress(fields.text(BIND_ADDRESS))
                .port(fields.whole(PORT))
                .udpPortsFrom(fields.whole(UDP_PORTS_FROM))
                .dscp(fields.dscp(DSCP))
                .authentication(authentication)
                .maxSessions(fields.whole(MAX_SESSIONS))
                .maxDuration(fields.seconds(MAX_DURATION))
                .lostPeerTime(fields.seconds(LOST_PEER_TIME));
        // a field that is grey in the form, since it has no effect, ends no run
        if (authentication != Authentication.NONE) {
            options.credentials(new Credentials(fields.text(USER), fields.secret(PASSWORD)));
        }
        if (authentication == Authentication.EC_SRP5) {
            options.ecSrp5Secret(secret(fields.secret(EC_SRP5_SECRET)))
                    .ecSrp5TorsionBlinding(fields.yesNo(EC_SRP5_BLINDING));
        }
        return fields.checked(options::build);
    }

    /** The engine wants 32 bytes, users have words; what matters is that it stays the same. */
    private static byte[] secret(String text) {
        return text.isEmpty() ? new byte[0] : DigestUtils.sha256(text);
    }
}

package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rest of what a plan can hold, in JMeter's window: the class of Java Request, a backend listener, the chart. First
 * in the JMeter of the window itself, then on a remote engine. Without Xvfb it is skipped.
 */
class GuiListenersIT {
    private static final Pattern INFLUXDB = Pattern.compile(
            "<BackendListener [^>]*testname=\"InfluxDB\".*?</BackendListener>\\s*<hashTree/>", Pattern.DOTALL);
    private static final String INTERVAL = "jmeter,application=%s,transaction=Java:\\ interval,statut=all ";

    @Test
    void chartAndBackendListenerGetTheTestsOfTheWindowAndOfARemoteEngine(@TempDir Path directory) throws Exception {
        int enginePort = Ports.freeTcp();
        try (VirtualScreen screen = VirtualScreen.open();
                MetricsServer influxdb = MetricsServer.influxdb();
                JMeterProcess engine =
                        JMeterProcess.engine(enginePort, Files.createDirectory(directory.resolve("engine")));
                JMeterProcess jmeter = JMeterProcess.gui(
                        screen,
                        plan(directory),
                        directory,
                        "grafana.influxdbUrl=http://127.0.0.1:" + influxdb.port() + "/write?db=jmeter",
                        "backend_influxdb.send_interval=1",
                        "server.rmi.ssl.disable=true",
                        "mode=Standard",
                        "remote_hosts=127.0.0.1:" + enginePort)) {
            engine.awaitLine("Created remote object");
            jmeter.awaitLine(GuiDriver.READY);
            jmeter.tell("start");
            jmeter.tell("chart OK");
            assertThat(jmeter.awaitLine(GuiDriver.CHARTED)).endsWith("Java: OK");
            influxdb.await(1, line -> line.startsWith(INTERVAL.formatted("btest")));
            assertThat(jmeter.awaitLine(GuiDriver.ENDED)).endsWith("[]");
            assertThat(engine.output()).doesNotContain("listens on");

            jmeter.tell("clear");
            jmeter.tell("grafana.application=remote");
            jmeter.tell("start-remote");
            engine.awaitLine("server listens on");
            jmeter.tell("chart OK");
            assertThat(jmeter.awaitLines(GuiDriver.CHARTED, 2).get(1)).endsWith("Java: OK");
            influxdb.await(1, line -> line.startsWith(INTERVAL.formatted("remote")));
        }
    }

    private static Path plan(Path directory) throws Exception {
        Matcher influxdb = INFLUXDB.matcher(Files.readString(JMeterProcess.example("grafana.jmx")));
        assertThat(influxdb.find()).as("a backend listener in grafana.jmx").isTrue();
        return Plan.write(
                directory,
                Plan.element("BandwidthServerConfig", "server", "BandwidthServer", "port", "0"),
                Plan.javaRequest(
                        "server", "127.0.0.1", "port", "${btest_server_port}", "duration", "2", "remoteTxSpeed", "20M"),
                influxdb.group(),
                Plan.element("ThroughputChart", "chart", ""));
    }
}

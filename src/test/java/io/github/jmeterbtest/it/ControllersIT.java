package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.it.Results.Row;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our elements inside controllers and thread groups, in a real JMeter. */
class ControllersIT {
    @TempDir
    private Path directory;

    private static String server(String port) {
        return Plan.element("BandwidthServerConfig", "server", "BandwidthServer", "port", port);
    }

    private static String test(String name, String port) {
        return Plan.element(
                "BandwidthTestSampler", name, "BandwidthTest", "server", "127.0.0.1", "port", port, "duration", "1");
    }

    /** JMeter tells an element only of the samplers of the thread group that it is in. */
    @Test
    void aServerThatCannotStartEndsTheRunBeforeTheFirstSamplerOfItsThreadGroup() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path plan = Plan.writeGroups(
                    directory,
                    Plan.group(test("elsewhere", Integer.toString(Ports.freeTcp()))),
                    Plan.group(
                            test("before", "2000"), Plan.controller(server(Integer.toString(taken.getLocalPort())))));
            try (JMeterProcess jmeter = JMeterProcess.run(plan, directory, Results.with())) {
                assertThat(Results.read(jmeter.results()))
                        .as(jmeter.output())
                        .extracting(row -> row.label() + " " + row.code())
                        .containsExactly("elsewhere CONNECT_REFUSED", "server BIND_FAILED");
            }
        }
    }

    @Test
    void theSummaryFindsATestInsideTheSampleOfATransaction() throws Exception {
        Path plan = Plan.write(
                directory,
                server("0"),
                Plan.transaction(test("Uplink", "${btest_server_port}")),
                Plan.element("BandwidthSummariser", "summary", ""));
        try (JMeterProcess jmeter = JMeterProcess.run(plan, directory, Results.with())) {
            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows).filteredOn(Row::isInterval).as(jmeter.output()).isNotEmpty();
            assertThat(rows)
                    .filteredOn(row -> row.label().equals("transaction"))
                    .as("the intervals carry the bytes")
                    .extracting(Row::bytes)
                    .containsExactly(0L);
            assertThat(jmeter.output().lines())
                    .filteredOn(line -> line.matches("Uplink +OK .*"))
                    .hasSize(1);
        }
    }
}

package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jmx-examples/fleet.jmx on remote engines that share the routers. */
class FleetEnginesIT {
    private static final Path PLAN = JMeterProcess.example("fleet.jmx");
    private static final int ENGINES = 2;
    private static final int ROUTERS = 5;

    private final List<JMeterProcess> engines = new ArrayList<>();
    private String addresses;

    @TempDir
    private Path directory;

    private Path routers;

    /** Each engine is the server of its own routers. */
    @BeforeEach
    void startEngines() throws Exception {
        routers = Files.writeString(
                directory.resolve("routers.csv"),
                "name,address,port,user,password,direction,maxSpeed,minReceive,minTransmit\n"
                        + IntStream.rangeClosed(1, ROUTERS)
                                .mapToObj(i -> "r%d,127.0.0.1,${btest_server_port},fleet,not a secret,receive,5M,0,0\n"
                                        .formatted(i))
                                .collect(Collectors.joining()));
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= ENGINES; i++) {
            int port = Ports.freeTcp();
            all.add("127.0.0.1:" + port);
            engines.add(JMeterProcess.engine(
                    port,
                    Files.createDirectory(directory.resolve("engine" + i)),
                    "btest.engine=" + i,
                    "btest.engines=" + ENGINES,
                    "btest.routers=" + routers));
        }
        for (JMeterProcess engine : engines) {
            engine.awaitLine("Created remote object");
        }
        addresses = String.join(",", all);
    }

    @AfterEach
    void stopEngines() {
        engines.forEach(JMeterProcess::close);
    }

    private JMeterProcess control(String seconds) throws IOException {
        return JMeterProcess.start(
                PLAN,
                directory,
                List.of("-R", addresses, "-Gbtest.duration=" + seconds, "-Gbtest.parallel=2"),
                "mode=Standard",
                "server.rmi.ssl.disable=true",
                "jmeter.save.saveservice.autoflush=true");
    }

    @Test
    void eachRouterIsTestedOnceAndAnEngineThatDiesLeavesItsOwnUntested() throws Exception {
        try (JMeterProcess controller = control("0.5")) {
            controller.awaitLine("Tidying up remote");
            assertThat(controller.awaitEnd()).isZero();
            assertThat(engines.get(0).output()).contains("Routers: 3 of the 5 routers in ", "(engine 1 of 2)");
            assertThat(engines.get(1).output()).contains("Routers: 2 of the 5 routers in ", "(engine 2 of 2)");
            assertThat(verdict(controller)).containsExactly("5 tests, 0 failed");
        }
        Files.delete(directory.resolve("results.jtl"));
        try (JMeterProcess controller = control("600")) {
            // r2 and r4 are those of the second engine; a line comes before its row, so the second line comes after
            // the first row
            for (String router : List.of("r1", "r2", "r3", "r4")) {
                controller.awaitLines("  " + router + "  ", 2);
            }
            engines.get(1).close();
            assertThat(verdict(controller))
                    .contains("NOT TESTED r5", "4 tests, 4 failed, 1 not tested")
                    .anyMatch(line -> line.startsWith("FAILED r2: it began and has no result"))
                    .anyMatch(line -> line.startsWith("FAILED r4: it began and has no result"));
        }
    }

    /** {@return what a build would print} */
    private List<String> verdict(JMeterProcess controller) throws Exception {
        return VerdictProcess.of(directory, controller.results(), "--routers", routers.toString());
    }
}

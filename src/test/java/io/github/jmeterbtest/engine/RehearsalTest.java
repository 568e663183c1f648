package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.harness.JavaCommand;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Java does once is done before the first test. */
class RehearsalTest {
    private static final long SLOW = 1_000_000;
    /** Without a rehearsal it is some hundreds. */
    private static final int FEW = 100;

    @ParameterizedTest
    @CsvSource({"UDP, 0", "TCP, 0", "UDP, " + SLOW, "TCP, " + SLOW})
    void theFirstTestOfAProcessLoadsFewClasses(Protocol protocol, long speed) throws Exception {
        List<String> command = JavaCommand.of(
                "-cp",
                System.getProperty("java.class.path"),
                getClass().getName(),
                protocol.name(),
                Long.toString(speed));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(Integer.parseInt(loaded.strip())).isLessThan(FEW);
    }

    /** Prints how many classes Java loads during the first test. */
    public static void main(String[] arguments) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            ClientOptionsBuilder test = Loopback.client(server)
                    .protocol(Protocol.valueOf(arguments[0]))
                    .direction(Direction.BOTH)
                    .localTxSpeed(Long.parseLong(arguments[1]))
                    .remoteTxSpeed(Long.parseLong(arguments[1]));
            int before = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
            Loopback.run(test);
            System.out.println(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() - before);
        }
    }
}

package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The threads that move data make no garbage, or a collector would make gaps in what is measured. Alone, since it finds
 * them by their names.
 */
@Isolated
@Timeout(30)
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int TCP_BLOCK = 32 << 10;
    private static final int DATAGRAM = 1500;
    private static final long ENOUGH_BLOCKS = 5_000;

    /** What the data threads of both ends had allocated, and the test had moved, at the end of an interval. */
    private record Reading(Map<String, Long> allocated, long bytes) {}

    @ParameterizedTest
    @CsvSource({"TCP, RECEIVE", "TCP, TRANSMIT", "TCP, BOTH", "UDP, RECEIVE", "UDP, TRANSMIT", "UDP, BOTH"})
    void nothingIsAllocatedForABlockOrADatagram(Protocol protocol, Direction direction) throws Exception {
        assumeThat(THREADS.isThreadAllocatedMemorySupported()).isTrue();
        List<Reading> readings = new ArrayList<>();
        long enough = ENOUGH_BLOCKS * (protocol == Protocol.TCP ? TCP_BLOCK : DATAGRAM);
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            BandwidthClient client = new BandwidthClient(Loopback.client(server)
                    .protocol(protocol)
                    .direction(direction)
                    .duration(Duration.ofHours(1))
                    .build());
            Loopback.failure(() -> client.run(interval -> {
                // none at the end of the test, where its threads have ended
                if (moved(readings) <= enough) {
                    readings.add(read(readings, interval));
                } else {
                    client.stop();
                }
            }));
        }
        Reading from = firstWithData(readings);
        Reading to = readings.get(readings.size() - 1);
        // without those of a test before, which may be ending
        from.allocated.keySet().retainAll(to.allocated.keySet());
        assertThat(from.allocated).isNotEmpty();
        from.allocated.forEach(
                (thread, before) -> assertThat((double) (to.allocated.get(thread) - before) / ENOUGH_BLOCKS)
                        .as("bytes that thread %s allocated for each of %d blocks", thread, ENOUGH_BLOCKS)
                        .isLessThan(1));
    }

    /** In the interval before, the threads began. */
    private static Reading firstWithData(List<Reading> readings) {
        return readings.stream()
                .filter(reading -> reading.bytes > 0)
                .findFirst()
                .orElseThrow();
    }

    private static long moved(List<Reading> readings) {
        long bytes = readings.isEmpty() ? 0 : readings.get(readings.size() - 1).bytes;
        return bytes == 0 ? 0 : bytes - firstWithData(readings).bytes;
    }

    private static Reading read(List<Reading> before, IntervalReport interval) {
        long bytes = before.isEmpty() ? 0 : before.get(before.size() - 1).bytes;
        Map<String, Long> allocated = new TreeMap<>();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("btest-(tcp|udp)-[rt]x"))
                .forEach(thread -> allocated.put(
                        thread.getName() + " " + thread.getId(), THREADS.getThreadAllocatedBytes(thread.getId())));
        return new Reading(allocated, bytes + interval.rxBytes() + interval.txBytes());
    }
}

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The threads that move data make no garbage, or a collector would make gaps in what is measured. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int TCP_BLOCK = 32 << 10;
    private static final int DATAGRAM = 1500;

    /** What the data threads of both ends had allocated, and the test had moved, at the end of an interval. */
    private record Reading(Map<String, Long> allocated, long bytes) {}

    @ParameterizedTest
    @CsvSource({"TCP, RECEIVE", "TCP, TRANSMIT", "TCP, BOTH", "UDP, RECEIVE", "UDP, TRANSMIT", "UDP, BOTH"})
    void nothingIsAllocatedForABlockOrADatagram(Protocol protocol, Direction direction) throws Exception {
        assumeThat(THREADS.isThreadAllocatedMemorySupported()).isTrue();
        List<Reading> readings = new ArrayList<>();
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            new BandwidthClient(Loopback.client(server)
                            .protocol(protocol)
                            .direction(direction)
                            .duration(Duration.ofSeconds(1))
                            .build())
                    .run(interval -> readings.add(read(readings, interval)));
        }
        // the first interval sees the threads begin, the last one may see them end
        Reading from = readings.get(0);
        Reading to = readings.get(readings.size() - 2);
        long blocks = (to.bytes - from.bytes) / (protocol == Protocol.TCP ? TCP_BLOCK : DATAGRAM);
        assertThat(blocks).isGreaterThan(100);
        assertThat(to.allocated).isNotEmpty();
        to.allocated.forEach((thread, allocated) -> assertThat(
                        (double) (allocated - from.allocated.getOrDefault(thread, 0L)) / blocks)
                .as("bytes that thread %s allocated for each of %d blocks", thread, blocks)
                .isLessThan(1));
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

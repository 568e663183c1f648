package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TcpPath;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the system's TCP tells of a test. */
@Timeout(30)
@EnabledIf(
        value = "io.github.jmeterbtest.engine.platform.Batching#enabled",
        disabledReason = "system calls need Linux and Java 22")
class TcpInfoTest {
    @ParameterizedTest
    @CsvSource({
        "TCP, TRANSMIT, true, false",
        "TCP, RECEIVE, false, true",
        "TCP, BOTH, true, true",
        "UDP, BOTH, false, false"
    })
    void anEndThatSendsByTcpKnowsTheWay(Protocol protocol, Direction direction, boolean client, boolean server)
            throws Exception {
        try (BandwidthServer listening = BandwidthServer.start(Loopback.server().build())) {
            TestReport report = Loopback.run(Loopback.client(listening)
                    .protocol(protocol)
                    .direction(direction)
                    .connectionCount(3)
                    .localTxSpeed(8_000_000)
                    .remoteTxSpeed(8_000_000));
            assertKnown(report, client);
            assertKnown(Loopback.session(listening).follow(Loopback.NOBODY), server);
        }
    }

    private static void assertKnown(TestReport report, boolean known) {
        assertThat(report.tcp().isKnown()).isEqualTo(known);
        assertThat(report.tcpRetransmits() >= 0).isEqualTo(known);
        assertThat(report.intervals()).extracting(IntervalReport::tcp).allSatisfy(tcp -> {
            if (known) {
                assertThat(tcp.rttNanos()).isPositive().isLessThanOrEqualTo(tcp.maxRttNanos());
                assertThat(tcp.retransmits()).isNotNegative();
            } else {
                assertThat(tcp).isEqualTo(TcpPath.NONE);
            }
        });
    }
}

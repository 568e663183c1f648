package io.github.jmeterbtest.jmeter.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.ClientOptionsBuilder;
import io.github.jmeterbtest.engine.report.BtestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the request of a final sample shows. */
class RequestTextTest {
    private static ClientOptionsBuilder options(String server) {
        return ClientOptions.builder().server(server);
    }

    @Test
    void everyOptionIsALineAndThePasswordIsNone() throws BtestException {
        assertThat(RequestText.of(options("192.0.2.1")
                                .credentials(new Credentials("admin", "s3cret"))
                                .remoteTxSpeed(100_000_000)
                                .build())
                        .lines())
                .containsExactly(
                        "address: 192.0.2.1 port 2000",
                        "user: admin",
                        "authentication: auto",
                        "protocol: tcp",
                        "direction: receive",
                        "duration: 10 s",
                        "omit: 0 s",
                        "interval: 1 s",
                        "connection-count: 1",
                        "random-data: false",
                        "local-tx-speed: unlimited",
                        "remote-tx-speed: 100.0 Mbit/s");
    }

    @Test
    void whatWasChosenBeyondTheDefaultsIsALineToo() throws BtestException {
        assertThat(RequestText.of(options("192.0.2.1")
                        .congestionControl("cubic")
                        .dscp(46)
                        .maxBytes(1_500_000_000)
                        .build()))
                .contains("\ndscp: 46 (ef)\n", "\nends-after: 1.5 GB\n", "\ncongestion-control: cubic\n");
    }

    /** Else a user name could pretend to be another option. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\u2028", "\u0085"})
    void aLineBreakInAValueMakesNoLine(String lineBreak) throws BtestException {
        assertThat(RequestText.of(options("router" + lineBreak + "user: root")
                        .credentials(new Credentials("admin" + lineBreak + "direction: both", ""))
                        .localAddress("127.0.0.1" + lineBreak + "nat: true")
                        .build()))
                .contains(
                        "address: router user: root port 2000\n",
                        "user: admin direction: both\n",
                        "local-address: 127.0.0.1 nat: true\n");
    }
}

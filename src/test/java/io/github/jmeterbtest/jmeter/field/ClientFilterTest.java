package io.github.jmeterbtest.jmeter.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.engine.HostNames;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.jmeter.ServerSessionSampler;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFilterTest {
    private static final HostNames NOBODY = new HostNames(host -> {
        throw new AssertionError("asked for " + host);
    });

    @ParameterizedTest
    @CsvSource({
        "'', 192.0.2.1, true",
        "'', 2001:db8::1, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.77/25, 192.0.2.127, true",
        "192.0.2.77/25, 192.0.2.128, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "192.0.2.1/32, 192.0.2.1, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::, false",
        "::/0, 192.0.2.1, false",
        "::1, ::1, true",
        "[::1], ::1, true",
        "2001:db8::1/128, 2001:db8::1, true",
        "2001:DB8::1, 2001:db8::2, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "localhost, 127.0.0.1, true",
        "localhost, 192.0.2.1, false",
    })
    void takesAddressesNetworksAndHosts(String text, String client, boolean accepted) throws Exception {
        assertThat(ClientFilter.problem(text.isEmpty() ? "host" : text)).isEmpty();
        assertThat(ClientFilter.parse("Client", text, HostNames.SYSTEM).accepts(InetAddress.getByName(client)))
                .isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2",
                "192.0.2.256",
                "192.0.2.1/33",
                "::1/129",
                "1:2",
                "host/24",
                "a b",
                "/24",
                "192.0.2.0/",
                "::1%eth0",
                "192.0.2.1:2000",
                "192.0.2.1,192.0.2.2"
            })
    void anythingElseIsWrongWithoutAskingTheNameService(String text) {
        assertThat(ClientFilter.problem(text)).isPresent();
        ServerSessionSampler sampler = new ServerSessionSampler();
        sampler.setProperty(ServerSessionSampler.CLIENT_ADDRESS, text);
        Fields fields = new Fields(sampler, ServerSessionSampler.FIELDS);
        assertThatThrownBy(() -> fields.clients(ServerSessionSampler.CLIENT_ADDRESS, NOBODY))
                .isInstanceOf(BtestException.class)
                .hasMessageStartingWith("Client address is \"" + text + "\": enter an IP address");
    }

    @Test
    void aHostWithoutAddressIsWrongToo() {
        assertThatThrownBy(() -> ClientFilter.parse("Client address", "nowhere.invalid", HostNames.SYSTEM))
                .isInstanceOf(BtestException.class)
                .hasMessage("Client address \"nowhere.invalid\" is not a known host name or address");
    }
}

package io.github.jmeterbtest.jmeter.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.engine.HostNames;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFilterTest {
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
        assertThat(ClientFilter.parse(text, HostNames.SYSTEM).accepts(InetAddress.getByName(client)))
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
        assertThatThrownBy(() -> ClientFilter.parse(text, HostNames.SYSTEM))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage(text);
    }

    @Test
    void aHostWithoutAddressIsWrongToo() {
        assertThatThrownBy(() -> ClientFilter.parse("nowhere.invalid", HostNames.SYSTEM))
                .isInstanceOf(UnknownHostException.class);
    }
}

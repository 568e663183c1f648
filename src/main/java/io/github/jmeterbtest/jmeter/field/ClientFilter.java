package io.github.jmeterbtest.jmeter.field;

import io.github.jmeterbtest.engine.HostNames;
import io.github.jmeterbtest.engine.report.BtestException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which clients are wanted, by address: one address, all addresses with the same first bits, or those of a host name.
 * IPv4 and IPv6 never match each other.
 *
 * @param addresses one of these
 * @param bits how many leading bits must be the same
 */
public record ClientFilter(List<InetAddress> addresses, int bits) {
    private static final int WHOLE_ADDRESS = 128;
    private static final ClientFilter ANY = new ClientFilter(List.of(), 0);
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
    private static final String IPV6 = "[0-9a-fA-F]*:[0-9a-fA-F:.]*";
    private static final Pattern NETWORK = Pattern.compile("\\[?(" + IPV4 + "|" + IPV6 + ")]?(?:/(\\d{1,3}))?");
    private static final Pattern HOST = Pattern.compile("(?![0-9.]+$)[\\p{L}\\d_.-]{1,253}");

    /**
     * Asks the name service if the text is a host name.
     *
     * @param field name of the field, for messages
     * @param text empty for any client, else without a {@link #problem}
     * @param names the name service
     * @throws BtestException as {@link HostNames#addressesOf}
     */
    static ClientFilter parse(String field, String text, HostNames names) throws BtestException {
        if (text.isEmpty()) {
            return ANY;
        }
        Optional<ClientFilter> network = network(text);
        return network.isPresent() ? network.get() : new ClientFilter(names.addressesOf(field, text), WHOLE_ADDRESS);
    }

    /** {@return what would be right, or nothing if the text can be an address, a network or a host name} */
    public static Optional<String> problem(String text) {
        return HOST.matcher(text).matches() || network(text).isPresent()
                ? Optional.empty()
                : Optional.of(Messages.text("check.client"));
    }

    /** {@return whether a client is wanted} */
    public boolean accepts(InetAddress client) {
        return addresses.isEmpty()
                || addresses.stream().anyMatch(address -> sameBits(address.getAddress(), client.getAddress()));
    }

    private boolean sameBits(byte[] wanted, byte[] actual) {
        if (wanted.length != actual.length) {
            return false;
        }
        for (int i = 0; i < Math.min(bits, wanted.length * 8); i++) {
            int mask = 0x80 >> i % 8;
            if ((wanted[i / 8] & mask) != (actual[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** An address, with the number of leading bits behind it or all of them. */
    private static Optional<ClientFilter> network(String text) {
        Matcher matcher = NETWORK.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            // a literal: the name service is not asked
            InetAddress address = InetAddress.getByName(matcher.group(1));
            int maxBits = address.getAddress().length * 8;
            int bits = matcher.group(2) == null ? maxBits : Integer.parseInt(matcher.group(2));
            return bits <= maxBits ? Optional.of(new ClientFilter(List.of(address), bits)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}

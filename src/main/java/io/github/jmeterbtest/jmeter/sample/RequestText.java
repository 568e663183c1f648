package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.ServerSession;
import io.github.jmeterbtest.engine.search.SearchSettings;
import io.github.jmeterbtest.jmeter.field.DscpText;
import io.github.jmeterbtest.jmeter.field.VolumeText;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What was requested, in RouterOS's words, as the request of the final sample shows it. Never a password. */
public final class RequestText {
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    private final StringBuilder text = new StringBuilder();

    private RequestText() {}

    /** {@return what a client requests, one line an option; options that are empty are left out} */
    public static String of(ClientOptions options) {
        RequestText request = new RequestText()
                .line("address", options.server() + " port " + options.port())
                .line("user", options.credentials().user())
                .line("authentication", options.authentication())
                .line("local-address", options.localAddress())
                .line("protocol", options.protocol())
                .line("direction", options.direction())
                .line("duration", seconds(options.duration()))
                .line("omit", seconds(options.omit()))
                .line("interval", seconds(options.interval()))
                .line("connection-count", options.connectionCount())
                .line("random-data", options.randomData())
                .speeds(options.localTxSpeed(), options.remoteTxSpeed());
        if (options.maxBytes() != 0) {
            request.line("ends-after", VolumeText.format(options.maxBytes()));
        }
        if (options.dscp() != 0) {
            request.line("dscp", DscpText.format(options.dscp()));
        }
        if (!options.latencyProbes().isZero()) {
            request.line("latency-probes", seconds(options.latencyProbes()))
                    .line("latency-port", options.latencyPort() == 0 ? options.port() : options.latencyPort());
        }
        if (options.protocol() == Protocol.TCP) {
            request.line("congestion-control", options.congestionControl());
        }
        if (options.protocol() == Protocol.UDP) {
            request.line("local-udp-tx-size", options.localUdpTxSize())
                    .line("remote-udp-tx-size", options.remoteUdpTxSize())
                    .line("nat", options.nat());
        }
        return request.text.toString();
    }

    /** {@return what a search asks for; the options are those that all trials share} */
    public static String of(ClientOptions options, List<PacketSize> sizes, SearchSettings settings) {
        RequestText request = new RequestText()
                .line("address", options.server() + " port " + options.port())
                .line("user", options.credentials().user())
                .line("authentication", options.authentication())
                .line("local-address", options.localAddress())
                .line("protocol", options.protocol())
                .line("direction", options.direction())
                .line("nat", options.nat())
                .line(
                        "packet-sizes",
                        sizes.get(0).layer().word()
                                + ' '
                                + sizes.stream()
                                        .map(size -> Integer.toString(size.bytes()))
                                        .collect(Collectors.joining(",")))
                .line(
                        "accepted-loss",
                        settings.acceptedLosses().stream()
                                .map(loss -> SearchText.percent(loss) + " %")
                                .collect(Collectors.joining(", ")))
                .line("lowest-rate", speed(settings.lowestBitsPerSecond()))
                .line("highest-rate", speed(settings.highestBitsPerSecond()))
                .line("precision", SearchText.percent(settings.precision()) + " %")
                .line("short-trial", seconds(settings.shortTrial()))
                .line("final-trial", seconds(settings.finalTrial()))
                .line("most-trials", settings.maxTrials());
        return request.text.toString();
    }

    /** {@return what a server's client requested, one line an option} */
    public static String of(ServerSession session) {
        return new RequestText()
                .line(
                        "client",
                        session.peer().getAddress().getHostAddress() + " port "
                                + session.peer().getPort())
                .line("user", session.user())
                .line("protocol", session.protocol())
                .line("direction", session.direction())
                .line("random-data", session.randomData())
                .line("connection-count", session.requestedConnections())
                .line("tx-size", session.txSize())
                .speeds(session.localTxSpeed(), session.remoteTxSpeed())
                .text
                .toString();
    }

    private RequestText speeds(long local, long remote) {
        return line("local-tx-speed", speed(local)).line("remote-tx-speed", speed(remote));
    }

    /** A line break in a user name, for one, must not look like the next option. */
    private RequestText line(String name, Object value) {
        String shown = LINE_BREAK.matcher(value.toString()).replaceAll(" ");
        if (!shown.isEmpty()) {
            text.append(name).append(": ").append(shown).append('\n');
        }
        return this;
    }

    private static String speed(long bitsPerSecond) {
        return bitsPerSecond == 0 ? "unlimited" : Rate.format((double) bitsPerSecond);
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }
}

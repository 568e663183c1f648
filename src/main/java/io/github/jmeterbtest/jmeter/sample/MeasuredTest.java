package io.github.jmeterbtest.jmeter.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Loss;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/**
 * What the JSON of a final sample tells of its test, read back from {@link ReportJson}. Received is what this end
 * received; sent is what arrived at the peer where the peer said so. Asking for a number that the test could not
 * measure throws a {@link BtestException} that says why.
 */
public final class MeasuredTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode report;

    private MeasuredTest(JsonNode report) {
        this.report = report;
    }

    /**
     * A share of a whole.
     *
     * @param percent 0 to 100, not a number if it is not known
     * @param detail what to say behind it, with a space before, or empty
     */
    public record Share(double percent, String detail) {}

    /** {@return the test, or nothing if the text is no report of ours} */
    public static Optional<MeasuredTest> parse(String text) {
        try {
            JsonNode report = JSON.readTree(text);
            boolean ours = report.path("receives").isBoolean()
                    && report.path("transmits").isBoolean()
                    && report.path("protocol").isTextual()
                    && report.path("intervals").isArray()
                    && hasRates(report.path("average"))
                    && hasRates(report.path("minimum"));
            return ours ? Optional.of(new MeasuredTest(report)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean hasRates(JsonNode rates) {
        JsonNode delivered = rates.path("deliveredBitsPerSecond");
        return rates.path("rxBitsPerSecond").isNumber() && (delivered.isNumber() || delivered.isNull());
    }

    /** {@return bit/s over the intervals that count} */
    public double averageRx() throws BtestException {
        return rx("average");
    }

    /** {@return bit/s over the intervals that count; not a number if the peer owes its word} */
    public double averageTx() throws BtestException {
        return tx("average");
    }

    /** {@return bit/s of the slowest interval that counts} */
    public double minimumRx() throws BtestException {
        return rx("minimum");
    }

    /** {@return bit/s of the slowest interval that counts and is known; not a number if none is} */
    public double minimumTx() throws BtestException {
        return tx("minimum");
    }

    private double rx(String rates) throws BtestException {
        require(
                receives(),
                "a receive rate cannot be checked, since this end only sent: check the transmit rate, or change the direction");
        return report.path(rates).path("rxBitsPerSecond").asDouble();
    }

    private double tx(String rates) throws BtestException {
        require(
                report.path("transmits").asBoolean(),
                "a transmit rate cannot be checked, since this end only received: check the receive rate, or change the direction");
        // not "arrived": it leaves out the intervals of which the peer did not speak, as after the link died
        return report.path(rates).path("deliveredBitsPerSecond").asDouble(Double.NaN);
    }

    /** {@return the datagrams that the link lost on the way to this end, over the intervals that count} */
    public Share loss() throws BtestException {
        require(
                report.path("protocol").asText().equals("udp"),
                "loss cannot be checked with TCP, which sends again what was lost: test with UDP");
        require(
                receives(),
                "loss cannot be checked, since this end only sent and the receiver does not tell it:"
                        + " check the transmit rate, which is what arrived");
        JsonNode told = report.path("loss");
        Loss loss = new Loss(
                told.path("packets").asLong(),
                told.path("lostPackets").asLong(),
                told.path("hostDroppedPackets").asLong(IntervalReport.UNKNOWN));
        // a link that has died must not pass as one that loses nothing; what this host drops is no fault of the link
        return new Share(loss.linkPercent(), loss.isKnown() ? detail(loss) : ", since no datagram came");
    }

    private static String detail(Loss loss) {
        String hostDropped = loss.hostDroppedPackets() <= 0
                ? ""
                : ", without " + loss.hostDroppedPackets() + " that this host dropped, its receive buffer full";
        return " (" + loss.linkLostPackets() + " of " + loss.packets() + " datagrams" + hostDropped + ")";
    }

    /** {@return the highest CPU load that the peer told, over the intervals that count} */
    public Share highestRemoteCpu() throws BtestException {
        OptionalInt highest = counted().stream()
                .map(interval -> interval.path("remoteCpu"))
                .filter(JsonNode::isNumber)
                .mapToInt(JsonNode::asInt)
                .max();
        require(
                highest.isPresent(),
                "remote CPU cannot be checked, since the peer did not tell it:"
                        + " over TCP only a peer that receives does, and only once a second");
        return new Share(highest.getAsInt(), "");
    }

    private boolean receives() {
        return report.path("receives").asBoolean();
    }

    /** Without the omitted ones; a test that ended before them has no others. */
    private List<JsonNode> counted() {
        List<JsonNode> all = StreamSupport.stream(report.path("intervals").spliterator(), false)
                .toList();
        List<JsonNode> counted = all.stream()
                .filter(interval -> !interval.path("omitted").asBoolean())
                .toList();
        return counted.isEmpty() ? all : counted;
    }

    private static void require(boolean told, String otherwise) throws BtestException {
        if (!told) {
            throw new BtestException(ErrorKind.INVALID_OPTION, otherwise);
        }
    }
}

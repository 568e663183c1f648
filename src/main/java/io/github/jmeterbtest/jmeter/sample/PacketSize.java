package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.jmeter.field.FieldCheck;
import io.github.jmeterbtest.jmeter.field.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Size of the packets of a search.
 *
 * @param bytes as the user gave it
 * @param layer what it is the size of
 */
public record PacketSize(int bytes, Layer layer) {
    /** Below it, RouterOS sends no sequence number (its kernel module). */
    private static final int MIN_IP = 32;

    /** What a form accepts: either size. */
    public static final FieldCheck CHECK =
            FieldCheck.listOf(FieldCheck.wholeNumber(Layer.IP.smallest(), Layer.FRAME.largest()));

    /** What a size is the size of. */
    public enum Layer {
        /** An Ethernet frame with its FCS, as RFC 2544 gives sizes. */
        FRAME(18),
        /** An IP packet. */
        IP(0);

        private final int overhead;

        Layer(int overhead) {
            this.overhead = overhead;
        }

        /** {@return {@code frame} or {@code ip}} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** {@return all words} */
        public static List<String> words() {
            return Arrays.stream(values()).map(Layer::word).toList();
        }

        private int smallest() {
            return MIN_IP + overhead;
        }

        private int largest() {
            return ClientOptions.MAX_UDP_TX_SIZE + overhead;
        }
    }

    /**
     * {@return the sizes that a field names}
     *
     * @param layers the field that says what they are of
     */
    public static List<PacketSize> parse(String property, String layers, Fields fields) throws BtestException {
        Layer layer = fields.choice(layers, Layer.values(), Layer::word);
        FieldCheck each = FieldCheck.wholeNumber(layer.smallest(), layer.largest());
        return fields
                .list(
                        property,
                        each,
                        "enter one or several sizes from " + layer.smallest() + " to " + layer.largest()
                                + " bytes, such as 64,512,1518")
                .stream()
                .map(size -> new PacketSize(Integer.parseInt(size), layer))
                .distinct()
                .toList();
    }

    /** {@return bytes of the IP packet} */
    public int ipBytes() {
        return bytes - layer.overhead;
    }
}

package io.github.jmeterbtest.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Whatever a peer sends is a message, which has the bytes that came, or a {@link MalformedMessageException}. */
class DecodersFuzzTest {
    private interface Decoding {
        void of(byte[] bytes) throws MalformedMessageException;
    }

    @FuzzTest
    void decode(byte[] input) {
        decode(DecodersFuzzTest::opening, input, OpeningMessage.LENGTH);
        decode(DecodersFuzzTest::reply, input, ServerReply.LENGTH);
        decode(DecodersFuzzTest::status, input, Status.LENGTH);
        decode(DecodersFuzzTest::port, input, 2);
        statuses(input);
        sequence(Arrays.copyOf(input, UdpHeader.SEQUENCE_LENGTH));
    }

    /** In the length that came, which is most often wrong, and in the right one. */
    private static void decode(Decoding decoding, byte[] input, int length) {
        for (byte[] bytes : new byte[][] {input, Arrays.copyOf(input, length)}) {
            try {
                decoding.of(bytes);
            } catch (MalformedMessageException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private static void opening(byte[] bytes) throws MalformedMessageException {
        assertThat(OpeningMessage.decode(bytes).encode()).isEqualTo(bytes);
    }

    private static void reply(byte[] bytes) throws MalformedMessageException {
        byte[] encoded = ServerReply.decode(bytes).encode();
        // of an OK, the last byte has no meaning
        assertThat(Arrays.copyOf(encoded, 3)).isEqualTo(Arrays.copyOf(bytes, 3));
    }

    private static void status(byte[] bytes) throws MalformedMessageException {
        byte[] expected = bytes.clone();
        if (bytes.length == Status.LENGTH) {
            expected[1] |= (byte) 0x80;
        }
        assertThat(Status.decode(bytes).encode()).isEqualTo(expected);
    }

    private static void port(byte[] bytes) throws MalformedMessageException {
        assertThat(UdpHeader.encodePort(UdpHeader.decodePort(bytes))).isEqualTo(bytes);
    }

    /** One decoder for all statuses of a connection, since it remembers. */
    private static void statuses(byte[] input) {
        StatusDecoder decoder = new StatusDecoder();
        for (int from = 0; from + Status.LENGTH <= input.length; from += Status.LENGTH) {
            byte[] bytes = Arrays.copyOfRange(input, from, from + Status.LENGTH);
            try {
                assertThat(decoder.decode(bytes).bytesReceived()).isEqualTo(Wire.uint32(bytes, 8));
            } catch (MalformedMessageException e) {
                assertThat(bytes[0]).isNotEqualTo(Status.MARK);
            }
        }
    }

    private static void sequence(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(UdpHeader.SEQUENCE_LENGTH);
        UdpHeader.putSequence(buffer, 0, UdpHeader.sequence(ByteBuffer.wrap(bytes), 0));
        assertThat(buffer.array()).isEqualTo(bytes);
    }
}

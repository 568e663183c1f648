package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.protocol.Hex;
import io.github.jmeterbtest.protocol.Status;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusScannerTest {

    private final List<Status> found = new ArrayList<>();
    private final StatusScanner scanner = new StatusScanner(found::add);
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final List<Status> sent = new ArrayList<>();

    @Test
    void aStreamOfStatusesAloneGivesAllOfThem() {
        for (int i = 1; i <= 20; i++) {
            status(i, i, 1000L * i);
        }
        assertFound(64 << 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 1024, 0x8000})
    void statusesBetweenZerosAreFoundWhereverTheyBegin(int zeros) {
        for (int i = 1; i <= 9; i++) {
            zeros(zeros);
            status(30, i, 123_456_789);
        }
        zeros(zeros);
        assertFound(64 << 10);
    }

    /** Bytes that end or begin a status and are themselves zero or 07 must not shift it. */
    @Test
    void statusesWhoseCountLooksLikeTheirBeginningAreFound() {
        for (int i = 1; i <= 7; i++) {
            zeros(100 + i);
            status(0, i, 0x07070707L);
            status(7, ++i, 0x00800007L);
        }
        assertFound(64 << 10);
    }

    @Test
    void aStatusIsFoundWhereverTheReadsSplitIt() {
        zeros(37);
        status(55, 1, 0x01020304);
        zeros(41);
        byte[] bytes = stream.toByteArray();
        for (int first = 1; first < bytes.length; first++) {
            for (int second = first; second < bytes.length; second++) {
                List<Status> seen = new ArrayList<>();
                StatusScanner fresh = new StatusScanner(seen::add);
                ByteBuffer buffer = ByteBuffer.allocate(256);
                feed(fresh, buffer, bytes, 0, first);
                feed(fresh, buffer, bytes, first, second);
                feed(fresh, buffer, bytes, second, bytes.length);
                assertThat(seen).as("split at %d and %d", first, second).isEqualTo(sent);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 12, 13, 100, 1460})
    void statusesInZerosAreFoundHoweverSmallTheReads(int read) {
        Random random = new Random(read);
        for (int i = 1; i <= 15; i++) {
            zeros(random.nextInt(3000));
            status(random.nextInt(101), i, random.nextInt(Integer.MAX_VALUE));
        }
        assertFound(read);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 1460, 65_536, 262_144})
    void statusesInRandomDataAreFoundHoweverSmallTheReads(int read) {
        Random random = new Random(read);
        for (int i = 1; i <= 15; i++) {
            random(random, random.nextInt(40_000));
            status(random.nextInt(101), i, random.nextInt(Integer.MAX_VALUE));
        }
        assertFound(read);
    }

    @Test
    void randomDataAloneHoldsNoStatus() {
        random(new Random(4711), 16 << 20);
        assertFound(256 << 10);
    }

    /** One server does so with every data block. */
    @ParameterizedTest
    @ValueSource(ints = {512, 1460, 0x8000})
    void aPeerWhoseBlocksBeginLikeAStatusDoesNotHideItsStatuses(int block) {
        for (int i = 1; i <= 20; i++) {
            stream.writeBytes(Arrays.copyOf(Hex.bytes("07 00 00 00 01 00"), block));
            if (i % 2 == 0) {
                status(12, i / 2, 5_000_000);
            }
        }
        assertFound(4096);
    }

    /** RouterOS 7 was seen with 07 be there; behind zeros nothing else looks so. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12, 100, 4096})
    void aStatusOfRouterOs7IsFoundBehindZeros(int read) {
        for (int i = 1; i <= 9; i++) {
            zeros(700 + i);
            stream.writeBytes(Hex.bytes("07 d4 07 be 0" + i + " 00 00 00 10 27 00 00"));
            sent.add(new Status(84, i, 10_000));
        }
        zeros(20);
        assertFound(read);
    }

    @Test
    void aStatusWithoutTheCpuFlagIsFound() {
        zeros(99);
        stream.writeBytes(Hex.bytes("07 2a 00 00 01 00 00 00 10 27 00 00"));
        sent.add(new Status(42, 1, 10_000));
        zeros(99);
        stream.writeBytes(Hex.bytes("07 00 00 00 02 00 00 00 10 27 00 00"));
        sent.add(new Status(0, 2, 10_000));
        assertFound(1000);
    }

    /**
     * No flag, no load and nothing received, for so long that the numbers run ahead: a stalled link, an idle router.
     */
    @Test
    void aPeerThatHasHadNothingToTellForLongIsHeardAgain() {
        for (int i = 1; i <= 12; i++) {
            zeros(1000);
            stream.writeBytes(Hex.bytes(String.format("07 00 00 00 %02x 00 00 00 00 00 00 00", i)));
        }
        zeros(1000);
        status(3, 13, 77);
        scan(4096);
        assertThat(found).endsWith(new Status(3, 13, 77));
    }

    @Test
    void statusesThatWereMissedDoNotHideTheNext() {
        status(1, 1, 10);
        zeros(50);
        status(1, 4, 40);
        zeros(50);
        status(1, 5, 50);
        assertFound(4096);
    }

    @Test
    void aNumberThatIsNotDueIsData() {
        status(1, 1, 10);
        status(1, 2, 20);
        zeros(10);
        stream.writeBytes(new Status(1, 2, 20).encode());
        stream.writeBytes(new Status(1, 1, 20).encode());
        stream.writeBytes(new Status(1, 0, 20).encode());
        stream.writeBytes(new Status(1, 1000, 20).encode());
        stream.writeBytes(new Status(1, 0xFFFF_FFFFL, 20).encode());
        zeros(10);
        status(1, 3, 30);
        assertFound(4096);
    }

    @Test
    void whatCannotBeAStatusIsData() {
        zeros(20);
        stream.writeBytes(Hex.bytes("07 e5 00 00 01 00 00 00 10 27 00 00"));
        stream.writeBytes(Hex.bytes("07 85 01 00 01 00 00 00 10 27 00 00"));
        stream.writeBytes(Hex.bytes("07 85 00 01 01 00 00 00 10 27 00 00"));
        stream.writeBytes(Hex.bytes("08 85 00 00 01 00 00 00 10 27 00 00"));
        status(1, 1, 30);
        assertFound(4096);
    }

    @Test
    void atMostElevenBytesWaitForTheNextRead() {
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] read = new byte[random.nextInt(buffer.remaining() + 1)];
            if (random.nextBoolean()) {
                random.nextBytes(read);
            }
            buffer.put(read);
            scanner.scan(buffer);
            assertThat(buffer.position()).isBetween(0, StatusScanner.MAX_CARRY);
            assertThat(buffer.limit()).isEqualTo(buffer.capacity());
        }
    }

    private void assertFound(int read) {
        scan(read);
        assertThat(found).isEqualTo(sent);
    }

    private void scan(int read) {
        byte[] bytes = stream.toByteArray();
        ByteBuffer buffer = ByteBuffer.allocateDirect(read + StatusScanner.MAX_CARRY);
        for (int from = 0; from < bytes.length; from += read) {
            feed(scanner, buffer, bytes, from, Math.min(bytes.length, from + read));
        }
    }

    private static void feed(StatusScanner scanner, ByteBuffer buffer, byte[] bytes, int from, int to) {
        buffer.put(bytes, from, to - from);
        scanner.scan(buffer);
    }

    private void status(int cpu, long sequence, long received) {
        Status status = new Status(cpu, sequence, received);
        sent.add(status);
        stream.writeBytes(status.encode());
    }

    private void zeros(int count) {
        stream.writeBytes(new byte[count]);
    }

    private void random(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        stream.writeBytes(bytes);
    }
}

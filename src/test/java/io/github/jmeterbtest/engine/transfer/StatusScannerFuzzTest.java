package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.jmeterbtest.protocol.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Whatever comes between the data, and however the reads split it: no error, and the same statuses. */
class StatusScannerFuzzTest {
    private static final int CAPACITY = 1 << 10;

    /** @param input the size of the reads, then the stream */
    @FuzzTest
    void scan(byte[] input) {
        if (input.length == 0) {
            return;
        }
        List<Status> found = statusesIn(input, 1 + (input[0] & 0xFF));
        assertThat(found).isEqualTo(statusesIn(input, CAPACITY));
        for (int i = 1; i < found.size(); i++) {
            assertThat(found.get(i).sequence()).isGreaterThan(found.get(i - 1).sequence());
        }
    }

    private static List<Status> statusesIn(byte[] input, int read) {
        List<Status> found = new ArrayList<>();
        StatusScanner scanner = new StatusScanner(found::add);
        ByteBuffer buffer = ByteBuffer.allocate(CAPACITY + StatusScanner.MAX_CARRY);
        for (int from = 1; from < input.length; from += read) {
            buffer.put(input, from, Math.min(read, input.length - from));
            scanner.scan(buffer);
            assertThat(buffer.position()).isLessThanOrEqualTo(StatusScanner.MAX_CARRY);
            assertThat(buffer.limit()).isEqualTo(buffer.capacity());
        }
        return found;
    }
}

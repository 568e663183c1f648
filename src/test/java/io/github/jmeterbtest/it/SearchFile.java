package io.github.jmeterbtest.it;

import io.github.jmeterbtest.protocol.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A results file of a search for a router on gigabit Ethernet. */
final class SearchFile {
    private static final List<Integer> FRAMES = List.of(64, 128, 256, 512, 1024, 1280, 1518);
    private static final long START = 1_700_000_000_000L;
    private static final int MILLIS_OF_SIZE = 138_500;
    /** Of a frame, its header and checksum. */
    private static final int FRAMING = 18;
    /** Beside a frame, its preamble and the gap behind it. */
    private static final int AROUND = 20;

    private static final String ROW = "%d,%d,%s,200,\"%s\",Search 1-1,text,true,%d,0%n";

    private SearchFile() {}

    /**
     * @param ndr packets a second that the router forwards without loss, at most
     * @param pdr likewise with a loss of half a percent
     */
    static Path write(Path file, int ndr, int pdr) throws IOException {
        StringBuilder rows = new StringBuilder(
                "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,bytes,sentBytes\n");
        long start = START;
        for (int size : FRAMES) {
            String message = "rx " + Rate.formatExactly(rate(size, ndr)) + ", tx 0 bit/s, lost 0";
            long bytes = rate(size, ndr) / 8 * MILLIS_OF_SIZE / 1000;
            rows.append(ROW.formatted(start, MILLIS_OF_SIZE, "RFC 2544: " + size, message, bytes));
            start += MILLIS_OF_SIZE;
        }
        String table = FRAMES.stream()
                .map(size -> "%d: NDR %s %d pps, PDR 0.5 %% %s %d pps"
                        .formatted(
                                size,
                                Rate.formatExactly(rate(size, ndr)),
                                ndr,
                                Rate.formatExactly(rate(size, pdr)),
                                pdr))
                .collect(Collectors.joining("; "));
        rows.append(ROW.formatted(START, start - START, "RFC 2544", table, 0));
        return Files.writeString(file, rows);
    }

    /** Of IP bits, in steps of 100 kbit/s. */
    private static long rate(int frame, int packets) {
        double most = 1e9 * (frame - FRAMING) / (frame + AROUND);
        return Math.round(Math.min(packets * (frame - FRAMING) * 8.0, most) / 1e5) * 100_000L;
    }
}

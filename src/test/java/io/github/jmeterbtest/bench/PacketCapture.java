package io.github.jmeterbtest.bench;

import io.github.jmeterbtest.harness.NetworkLab;
import io.github.jmeterbtest.harness.NetworkLab.Host;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * When each UDP datagram leaves the lab's left host, by tcpdump. The system takes the time as it hands the packet to
 * the interface, after it has cut a batch into packets.
 */
final class PacketCapture implements AutoCloseable {
    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private final Process tcpdump;
    private final BufferedReader messages;

    private PacketCapture(Path file, Process tcpdump) {
        this.file = file;
        this.tcpdump = tcpdump;
        this.messages = tcpdump.inputReader();
    }

    /** @return whether tcpdump is installed */
    static boolean works() {
        try {
            Process process = new ProcessBuilder("tcpdump", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static PacketCapture start(NetworkLab lab) throws IOException {
        Path file = Files.createTempFile("btest-pacing", ".pcap");
        List<String> command = List.of(
                "tcpdump",
                "-i",
                NetworkLab.INTERFACE,
                "-n",
                "-Z",
                "root",
                "-s",
                "64",
                "-B",
                "65536",
                "--time-stamp-precision=nano",
                "-w",
                file.toString(),
                "udp and src host " + Host.LEFT.address);
        PacketCapture capture = new PacketCapture(
                file,
                new ProcessBuilder(lab.commandOn(Host.LEFT, command))
                        .redirectErrorStream(true)
                        .start());
        String line = capture.messages.readLine();
        while (line != null && !line.contains("listening")) {
            line = capture.messages.readLine();
        }
        if (line == null) {
            capture.close();
            throw new IOException("tcpdump does not capture");
        }
        return capture;
    }

    /**
     * Ends the capture.
     *
     * @return the times of the packets, without the first second, ns; empty if tcpdump has missed packets, as that
     *     would split bursts
     */
    Optional<long[]> stop() throws IOException {
        // Process.destroy would close its output, too
        tcpdump.toHandle().destroy();
        for (String line = messages.readLine(); line != null; line = messages.readLine()) {
            if (line.contains("dropped by kernel") && !line.startsWith("0 ")) {
                return Optional.empty();
            }
        }
        long[] times = times();
        return Optional.of(LongStream.of(times)
                .dropWhile(time -> time < times[0] + FIRST_NANOS)
                .toArray());
    }

    private long[] times() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.nativeOrder());
            LongStream.Builder times = LongStream.builder();
            int at = FILE_HEADER;
            while (at + PACKET_HEADER <= bytes.limit()) {
                times.add(TimeUnit.SECONDS.toNanos(bytes.getInt(at)) + bytes.getInt(at + 4));
                at += PACKET_HEADER + bytes.getInt(at + 8);
            }
            return times.build().toArray();
        }
    }

    @Override
    public void close() throws IOException {
        tcpdump.destroy();
        Files.deleteIfExists(file);
    }
}

package io.github.jmeterbtest.bench;

import io.github.jmeterbtest.jmeter.ThroughputChartGui;
import java.awt.BorderLayout;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.swing.JFrame;
import javax.swing.SwingUtilities;
import org.apache.jmeter.reporters.ResultCollector;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.save.CSVSaveService;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.jmeter.visualizers.Visualizer;

/**
 * {@code xvfb-run -a mvn -Pbench -Dbench.main=ChartLoad}: replays the interval samples of many samplers into a
 * throughput chart that is on the screen, faster than they were, and tells how the heap grows and how long Swing's
 * thread lets others wait. Started as a plain main class it takes {@code -Dchart.samplers}, {@code -Dchart.seconds}
 * (recorded), {@code -Dchart.replay} (s); or {@code -Dchart.jtl}, the CSV file of a real run, of which each thread is
 * taken for a sampler.
 */
public final class ChartLoad {
    private static final int SAMPLERS = Integer.getInteger("chart.samplers", 100);
    private static final int SECONDS = Integer.getInteger("chart.seconds", 600);
    private static final int REPLAY = Integer.getInteger("chart.replay", 30);
    private static final String JTL = System.getProperty("chart.jtl", "");
    private static final long BEGIN = 1_700_000_000_000L;

    private ChartLoad() {}

    /** @param arguments none */
    public static void main(String[] arguments) throws Exception {
        Path properties = Files.writeString(Files.createTempFile("jmeter", ".properties"), "language=en\n");
        JMeterUtils.loadJMeterProperties(properties.toString());
        JMeterUtils.initLocale();
        Files.delete(properties);
        List<List<SampleResult>> recorded = JTL.isEmpty() ? generated() : read();
        ThroughputChartGui[] chart = new ThroughputChartGui[1];
        JFrame frame = new JFrame("chart");
        SwingUtilities.invokeAndWait(() -> {
            chart[0] = new ThroughputChartGui();
            frame.add(chart[0], BorderLayout.CENTER);
            frame.setSize(1300, 850);
            frame.setVisible(true);
        });
        long before = usedHeap();
        Delay delay = new Delay();
        delay.start();
        long cpu = processCpu();
        long wall = System.nanoTime();
        int size = recorded.size();
        for (int quarter = 0; quarter < 4; quarter++) {
            replay(chart[0], recorded.subList(quarter * size / 4, (quarter + 1) * size / 4), REPLAY * 250_000_000L);
            System.out.printf(
                    Locale.ROOT,
                    "after %d of %d s: heap grown by %.1f MiB%n",
                    (quarter + 1) * size / 4,
                    size,
                    (usedHeap() - before) / 1048576.0);
        }
        double cpuShare = (double) (processCpu() - cpu) / (System.nanoTime() - wall);
        delay.end();
        System.out.printf(
                Locale.ROOT,
                "%d samples of %d s replayed in %d s:"
                        + " delay of Swing's thread mean %.2f ms, worst %.0f ms of %d; %.0f %% of one CPU%n",
                recorded.stream().mapToInt(List::size).sum(),
                size,
                REPLAY,
                delay.sum / 1e6 / delay.count,
                delay.worst / 1e6,
                delay.count,
                cpuShare * 100);
        SwingUtilities.invokeAndWait(frame::dispose);
        System.exit(0);
    }

    /** The samples of each second. */
    private static List<List<SampleResult>> generated() {
        Random random = new Random(1);
        return IntStream.range(0, SECONDS)
                .mapToObj(second -> IntStream.range(0, SAMPLERS)
                        .mapToObj(sampler -> interval(sampler, second, random))
                        .toList())
                .toList();
    }

    private static List<List<SampleResult>> read() throws IOException {
        SortedMap<Long, List<SampleResult>> seconds = new TreeMap<>();
        CSVSaveService.processSamples(
                JTL,
                new Visualizer() {
                    @Override
                    public void add(SampleResult sample) {
                        sample.setSampleLabel(
                                sample.getSampleLabel().replace(": interval", sample.getThreadName() + ": interval"));
                        seconds.computeIfAbsent(sample.getEndTime() / 1000, second -> new ArrayList<>())
                                .add(sample);
                    }

                    @Override
                    public boolean isStats() {
                        return false;
                    }
                },
                new ResultCollector());
        return List.copyOf(seconds.values());
    }

    private static void replay(ThroughputChartGui chart, List<List<SampleResult>> seconds, long nanos) {
        long begin = System.nanoTime();
        for (int second = 0; second < seconds.size(); second++) {
            seconds.get(second).forEach(chart::add);
            long due = begin + nanos * (second + 1) / seconds.size();
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    private static SampleResult interval(int sampler, int second, Random random) {
        long start = BEGIN + second * 1000L + sampler * 7L;
        double megabits = 100 + sampler + 10 * random.nextGaussian();
        SampleResult sample = SampleResult.createTestSample(start, start + 1000);
        sample.setSampleLabel(String.format("router %03d: interval", sampler));
        sample.setThreadName("routers 1-" + sampler);
        sample.setSuccessful(true);
        sample.setResponseCodeOK();
        sample.setResponseMessage(String.format(
                Locale.ROOT,
                "rx %.1f Mbit/s, tx %.1f Mbit/s, lost %d",
                megabits,
                megabits / 2,
                random.nextInt(20) == 0 ? 3 : 0));
        sample.setBodySize((long) (megabits * 125_000));
        sample.setSentBytes((long) (megabits * 62_500));
        return sample;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long processCpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Asks Swing's thread a hundred times a second to do nothing, and sees how long that takes. */
    private static final class Delay {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread thread = new Thread(this::run, "delay");
        private long sum;
        private long worst;
        private long count;

        void start() {
            thread.start();
        }

        void end() throws InterruptedException {
            ended.set(true);
            thread.join();
        }

        private void run() {
            while (!ended.get()) {
                long asked = System.nanoTime();
                try {
                    SwingUtilities.invokeAndWait(() -> {});
                } catch (InterruptedException | java.lang.reflect.InvocationTargetException e) {
                    throw new IllegalStateException(e);
                }
                long took = System.nanoTime() - asked;
                sum += took;
                worst = Math.max(worst, took);
                count++;
                LockSupport.parkNanos(10_000_000);
            }
        }
    }
}

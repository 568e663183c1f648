package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.jmeter.samplers.SampleResult;

/**
 * The runs that a throughput chart knows: live ones, one for each start, and results files. Any thread may add samples.
 * Memory is bounded: of more runs than {@link #MAX_RUNS} the oldest is forgotten, but not the one that goes on.
 */
public final class ChartRuns {
    /** How many runs are kept. */
    static final int MAX_RUNS = 6;

    private final LineNumbers numbers = new LineNumbers();
    private final LineNumbers searchNumbers = new LineNumbers();
    private final List<ChartRun> runs = new ArrayList<>();
    /** Those that run now, and those that have taken part in the newest start. */
    private final Set<String> running = new HashSet<>();

    private final Set<String> started = new HashSet<>();
    private ChartRun live;
    private ChartRun loading;
    private Thread loader;
    private int runsBegun;
    private long version;

    /**
     * A test plan starts.
     *
     * @param host the remote engine, or what JMeter calls this machine; all engines of one start make one run
     */
    public synchronized void runStarted(String host) {
        // an engine that died has not told of its end, so that one is still running does not mean much
        boolean again = started.contains(host);
        if (again || running.isEmpty()) {
            running.clear();
            started.clear();
            live = null; // a start without any bandwidth test makes no run
        }
        running.add(host);
        started.add(host);
    }

    /** A test plan has ended on a host. Samples that are still under way belong to its run. */
    public synchronized void runEnded(String host) {
        running.remove(host);
    }

    /** Adds what a sample says, if it is one of ours. */
    public void add(SampleResult sample) {
        ChartRun loaded = loadedHere();
        ChartRun run = loaded != null ? loaded : live();
        boolean ours = run != null ? run.model().add(sample) : begin(sample);
        if (ours) {
            changed();
        }
    }

    private synchronized ChartRun loadedHere() {
        return Thread.currentThread() == loader ? loading : null;
    }

    private synchronized ChartRun live() {
        return live;
    }

    /** {@return whether the sample is one of ours} Only such a one makes a run. */
    private boolean begin(SampleResult first) {
        ChartModel model = new ChartModel(numbers, searchNumbers);
        if (!model.add(first)) {
            return false;
        }
        ChartRun other;
        synchronized (this) {
            other = live;
            if (other == null) {
                runsBegun++;
                LocalTime now = LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
                live = new ChartRun(Messages.text("throughputChart.run", runsBegun, now), Optional.empty(), model);
                keep(live);
            }
        }
        // another thread may have been faster
        return other == null || other.model().add(first);
    }

    private void keep(ChartRun run) {
        runs.add(run);
        if (runs.size() > MAX_RUNS) {
            runs.remove(runs.get(0).equals(live) ? 1 : 0); // else what it measures from now on would be seen nowhere
        }
    }

    private synchronized void changed() {
        version++;
    }

    /**
     * Takes a results file as a run of its own, in place of an earlier one of the same file.
     *
     * @param reading adds the samples of the file, on this thread
     * @return whether there was anything of ours in it; otherwise there is no such run
     */
    public boolean load(Path file, Runnable reading) {
        Path path = file.toAbsolutePath().normalize();
        ChartRun loaded = new ChartRun(path.toString(), Optional.of(path), new ChartModel(numbers, searchNumbers));
        synchronized (this) {
            loading = loaded;
            loader = Thread.currentThread();
        }
        try {
            reading.run();
        } finally {
            endLoading(path);
        }
        return loaded.model().hasTests();
    }

    private synchronized void endLoading(Path path) {
        if (loading.model().hasTests()) {
            runs.removeIf(run -> run.file().equals(Optional.of(path)));
            keep(loading);
            nameFiles();
        }
        loader = null;
        loading = null;
        version++;
    }

    /** Names each file as shortly as tells it from the others. */
    private void nameFiles() {
        List<Path> files = runs.stream().flatMap(run -> run.file().stream()).toList();
        runs.replaceAll(run -> run.file()
                .map(file -> new ChartRun(shortest(file, files), run.file(), run.model()))
                .orElse(run));
    }

    /** The name alone is enough, unless another file has the same, as in {@code before/results.jtl}. */
    private static String shortest(Path file, List<Path> files) {
        return IntStream.rangeClosed(1, file.getNameCount())
                .mapToObj(names -> end(file, names))
                .filter(end ->
                        files.stream().filter(other -> other.endsWith(end)).count() == 1)
                .findFirst()
                .map(Path::toString)
                .orElse(file.toString());
    }

    private static Path end(Path file, int names) {
        return file.subpath(file.getNameCount() - names, file.getNameCount());
    }

    /** Forgets all runs. What comes of a run that goes on is a new one; colours stay. */
    public synchronized void clear() {
        runs.clear();
        live = null;
        version++;
    }

    /** {@return another number whenever there is something new} */
    public synchronized long version() {
        return version;
    }

    /** {@return the names of the runs, the newest last} */
    public synchronized List<String> names() {
        return runs.stream().map(ChartRun::name).toList();
    }

    /** {@return whether there are rates over the packet size in any run} */
    synchronized boolean hasSearches() {
        return runs.stream().anyMatch(run -> run.model().hasSearches());
    }

    /**
     * {@return what there is to show}
     *
     * @param maxSteps how many points a line may have, at least 1
     */
    public ChartScene scene(ChartChoice choice, int maxSteps) {
        return SceneBuilder.of(chosen(choice), choice, maxSteps);
    }

    /** {@return the runs that were chosen, the newest last; all if the chosen one is no longer there} */
    synchronized List<ChartRun> chosen(ChartChoice choice) {
        List<ChartRun> chosen = runs.stream()
                .filter(run -> choice.run().isEmpty() || choice.run().get().equals(run.name()))
                .toList();
        return chosen.isEmpty() ? List.copyOf(runs) : chosen;
    }
}

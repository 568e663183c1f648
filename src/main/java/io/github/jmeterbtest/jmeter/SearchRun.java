package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.engine.search.Limit;
import io.github.jmeterbtest.engine.search.Observation;
import io.github.jmeterbtest.engine.search.RepeatingRunner;
import io.github.jmeterbtest.engine.search.SearchResult;
import io.github.jmeterbtest.engine.search.ThroughputSearch;
import io.github.jmeterbtest.engine.search.UdpTrial;
import io.github.jmeterbtest.jmeter.sample.BtestVariables;
import io.github.jmeterbtest.jmeter.sample.FinalSample;
import io.github.jmeterbtest.jmeter.sample.PacketSize;
import io.github.jmeterbtest.jmeter.sample.RequestText;
import io.github.jmeterbtest.jmeter.sample.RunningTest;
import io.github.jmeterbtest.jmeter.sample.SampleEmitter;
import io.github.jmeterbtest.jmeter.sample.SearchCsv;
import io.github.jmeterbtest.jmeter.sample.SearchReport;
import io.github.jmeterbtest.jmeter.sample.SearchSample;
import io.github.jmeterbtest.jmeter.sample.SearchText;
import java.io.IOException;
import java.net.Inet6Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.services.FileServer;
import org.apache.jmeter.threads.JMeterContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One search, size after size, each trial a test with samples of its own. Its thread is the sampler's. */
final class SearchRun implements AbstractBandwidthSampler.PreparedTest {
    private static final Logger log = LoggerFactory.getLogger(SearchRun.class);
    /** What no other packet size can do better. */
    private static final Set<ErrorKind> LOGIN = EnumSet.of(
            ErrorKind.AUTHENTICATION_FAILED, ErrorKind.AUTHENTICATION_NOT_OFFERED, ErrorKind.CREDENTIALS_MISSING);
    /** How many pauses come before a trial that is repeated, besides the usual one. */
    private static final int LONGER = 4;
    /** For handshake and tail of a trial, where the thread group's time is short. */
    private static final Duration AROUND_A_TRIAL = Duration.ofSeconds(1);

    private static final int MIN_IPV6 = 52;

    private final SearchPlan plan;
    private final ClientOptions options;
    private final JMeterContext context;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile BandwidthClient client;
    private String label;
    private boolean firstTrial = true;
    private boolean timeIsOver;
    /** Whether no other packet size would find anything. */
    private boolean isHopeless;
    /** Why the last trial of this size failed that lost everything. */
    private BtestException overload;

    SearchRun(SearchPlan plan, JMeterContext context) throws BtestException {
        this.plan = plan;
        this.options = plan.options().build();
        this.context = context;
    }

    @Override
    public String request() {
        return RequestText.of(options, plan.sizes(), plan.settings());
    }

    @Override
    public SampleEmitter emitter() {
        return null;
    }

    @Override
    public Runnable stop() {
        return () -> {
            stopped.countDown();
            BandwidthClient running = client;
            if (running != null) {
                running.stop();
            }
        };
    }

    @Override
    public SampleResult run(BtestVariables ignored, String name) {
        label = name;
        SearchSample.removeVariables(context.getVariables());
        FinalSample.Watch watch = new FinalSample.Watch();
        Instant started = Instant.now();
        List<SearchReport.OfSize> found = new ArrayList<>();
        Iterator<PacketSize> sizes = plan.sizes().iterator();
        while (sizes.hasNext() && !isOver() && !isHopeless) {
            SearchReport.OfSize size = search(sizes.next());
            found.add(size);
            log.info("{}: {}", name, SearchText.of(report(started, List.of(size))));
        }
        return sample(report(started, found), watch.stop(), name);
    }

    private SearchReport.OfSize search(PacketSize size) {
        FinalSample.Watch watch = new FinalSample.Watch();
        overload = null;
        ThroughputSearch search = new ThroughputSearch(plan.settings());
        Optional<SearchReport.Problem> problem = run(search, size);
        SearchResult result = search.result();
        if (problem.isEmpty() && !timeIsOver && overload != null && result.nothingArrived()) {
            // a firewall is no slow link
            isHopeless = true;
            problem = Optional.of(problem(overload, size));
            result = result.unfinished();
        }
        FinalSample.Span span = watch.stop();
        return new SearchReport.OfSize(size, result, (span.endMillis() - span.startMillis()) / 1e3, problem);
    }

    /** {@return what ended the search for this size, which need not concern the others} */
    private Optional<SearchReport.Problem> run(ThroughputSearch search, PacketSize size) {
        try {
            search.run(new RepeatingRunner((rate, length) -> trial(size, rate, length), this::pauseBeforeRepetition));
            return Optional.empty();
        } catch (BtestException e) {
            isHopeless = LOGIN.contains(e.kind());
            return Optional.of(problem(e, size));
        } catch (RuntimeException bug) {
            log.error("{} failed at {} bytes because of an internal error", label, size.bytes(), bug);
            return Optional.of(new SearchReport.Problem(FinalSample.INTERNAL_ERROR, bug.toString()));
        }
    }

    private SearchReport.Problem problem(BtestException e, PacketSize size) {
        log.warn("{} failed at {} bytes: {}: {}", label, size.bytes(), e.kind(), e.getMessage());
        return new SearchReport.Problem(e.kind().name(), e.getMessage());
    }

    private SampleResult sample(SearchReport report, FinalSample.Span span, String name) {
        Optional<SearchReport.Problem> failure = isStopped()
                ? Optional.of(new SearchReport.Problem(ErrorKind.STOPPED.name(), "the search was stopped"))
                : report.firstProblem();
        SearchSample.setVariables(context.getVariables(), report);
        SampleResult sample = SearchSample.of(report, failure, span, name, request());
        SearchSample.requireRate(sample, report, plan.minRate());
        if (!plan.csvFile().isEmpty()) {
            try {
                SearchCsv.append(
                        FileServer.getFileServer()
                                .getResolvedFile(plan.csvFile())
                                .toPath(),
                        name,
                        report);
            } catch (IOException | RuntimeException e) {
                SearchSample.fail(sample, "CSV file", "cannot write " + plan.csvFile() + ": " + e);
            }
        }
        return sample;
    }

    private SearchReport report(Instant started, List<SearchReport.OfSize> found) {
        return new SearchReport(
                options.server() + " port " + options.port(),
                options.direction(),
                plan.settings(),
                started,
                found,
                found.size() == plan.sizes().size());
    }

    private boolean isStopped() {
        return stopped.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    private boolean isOver() {
        return isStopped() || timeIsOver;
    }

    private Optional<Observation> trial(PacketSize size, long rate, Duration length) throws BtestException {
        pause();
        timeIsOver = leftBefore(length, context).isPresent();
        if (isOver()) {
            return Optional.empty();
        }
        ClientOptions trial = plan.options()
                .duration(length)
                .localTxSpeed(rate)
                .remoteTxSpeed(rate)
                .localUdpTxSize(size.ipBytes())
                .remoteUdpTxSize(size.ipBytes())
                .build();
        Optional<Observation> seen = measure(trial, size, rate);
        seen.ifPresent(observation -> log.info(
                "{}: {} bytes, {} for {} s: {} offered, {} lost",
                label,
                size.bytes(),
                SearchText.rate((double) rate),
                length.toMillis() / 1e3,
                SearchText.rate(observation.offeredBitsPerSecond()),
                String.format(Locale.ROOT, "%.4f %%", observation.maxLoss() * 100)));
        return seen;
    }

    /** {@return how long the thread group still lasts, if that is too short for a trial} */
    static Optional<Duration> leftBefore(Duration trial, JMeterContext context) {
        return Schedule.left(context).filter(left -> left.compareTo(trial.plus(AROUND_A_TRIAL)) < 0);
    }

    /** Lets queues on the way empty themselves. */
    private void pause() {
        if (firstTrial) {
            firstTrial = false;
            return;
        }
        await(plan.pause());
    }

    private void pauseBeforeRepetition(BtestException failure) {
        log.warn("{}: a trial failed and is repeated: {}: {}", label, failure.kind(), failure.getMessage());
        await(plan.pause().multipliedBy(LONGER));
    }

    private void await(Duration time) {
        try {
            // whether it was stopped is asked afterwards
            boolean ignored = stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
            log.trace("stopped: {}", ignored);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Observation> measure(ClientOptions trial, PacketSize size, long rate) throws BtestException {
        BandwidthClient tested = new BandwidthClient(trial);
        client = tested;
        if (isStopped()) {
            return Optional.empty();
        }
        String name = label + ": " + size.bytes();
        SampleEmitter emitter = new SampleEmitter(
                name,
                context,
                plan.reporting(),
                new RunningTest(trial.protocol(), trial.interval(), Optional.of(trial.duration()), tested::started));
        FinalSample.Watch watch = new FinalSample.Watch();
        try {
            TestReport report = tested.run(emitter::interval);
            SampleEmitter.send(FinalSample.passed(report, emitter, name, RequestText.of(trial)), context);
            requireSequenceNumbers(report, size);
            return Optional.of(UdpTrial.read(report, rate, size.ipBytes()));
        } catch (BtestException e) {
            if (e.report().isEmpty() && e.kind() != ErrorKind.STOPPED) {
                throw e;
            }
            if (e.report().isPresent()) {
                SampleResult sample = FinalSample.failed(e, emitter, watch.stop(), name, RequestText.of(trial));
                // a rate at which nothing works is a finding, not a failure of the search
                if (isOverload(e, trial, size, rate)) {
                    sample.setSuccessful(true);
                    sample.setResponseMessage("counts as a trial that lost everything: " + sample.getResponseMessage());
                }
                SampleEmitter.send(sample, context);
            }
            return afterFailure(e, trial, size, rate);
        } finally {
            client = null;
        }
    }

    private static boolean isOverload(BtestException e, ClientOptions trial, PacketSize size, long rate) {
        return UdpTrial.isOverload(e, rate, size.ipBytes(), trial.lostPeerTime());
    }

    private Optional<Observation> afterFailure(BtestException e, ClientOptions trial, PacketSize size, long rate)
            throws BtestException {
        if (e.kind() == ErrorKind.STOPPED) {
            return Optional.empty();
        }
        if (!isOverload(e, trial, size, rate)) {
            throw e;
        }
        overload = e;
        double packets = trial.duration().toNanos() / 8e9 * rate / size.ipBytes();
        return Optional.of(Observation.nothingArrived(packets, Limit.SERVER_OR_QUEUE));
    }

    /** Without them nobody can tell what was lost, and nothing lost would be a wrong number. */
    private static void requireSequenceNumbers(TestReport report, PacketSize size) throws BtestException {
        if (report.peer().getAddress() instanceof Inet6Address && size.ipBytes() < MIN_IPV6) {
            throw new BtestException(
                    ErrorKind.INVALID_OPTION,
                    "packets of " + size.bytes() + " bytes are too small for IPv6; use at least "
                            + (MIN_IPV6 + size.bytes() - size.ipBytes()));
        }
    }
}

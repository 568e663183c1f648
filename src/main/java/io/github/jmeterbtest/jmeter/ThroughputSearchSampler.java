package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.ClientOptionsBuilder;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.search.SearchSettings;
import io.github.jmeterbtest.jmeter.field.FieldCheck;
import io.github.jmeterbtest.jmeter.field.Fields;
import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.jmeter.field.IntervalReporting;
import io.github.jmeterbtest.jmeter.field.Messages;
import io.github.jmeterbtest.jmeter.sample.PacketSize;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.jmeter.config.ConfigTestElement;
import org.apache.jmeter.services.FileServer;

/**
 * MikroTik Throughput Search: one sample is one search for the highest rates without loss, and with as much loss as is
 * accepted, against a RouterOS device or a MikroTik Bandwidth Server. What says how to reach the server are the
 * properties of {@link BandwidthTestSampler}, so that {@link BandwidthTestDefaults} give them here too.
 */
public class ThroughputSearchSampler extends AbstractBandwidthSampler {
    private static final long serialVersionUID = 1L;

    /** Sizes of the packets, bytes, with commas between them. */
    public static final String PACKET_SIZES = "ThroughputSearch.packetSizes";
    /** What the sizes are of: frame or ip. */
    public static final String SIZE_OF = "ThroughputSearch.sizeOf";
    /** Percent of the packets that may be lost, with commas between them. */
    public static final String ACCEPTED_LOSS = "ThroughputSearch.acceptedLoss";
    /** Such as 1M. */
    public static final String LOWEST_RATE = "ThroughputSearch.lowestRate";
    /** Such as 1G. */
    public static final String HIGHEST_RATE = "ThroughputSearch.highestRate";
    /** Percent. */
    public static final String PRECISION = "ThroughputSearch.precision";
    /** Seconds. */
    public static final String SHORT_TRIAL = "ThroughputSearch.shortTrial";
    /** Seconds. */
    public static final String FINAL_TRIAL = "ThroughputSearch.finalTrial";
    /** Seconds. */
    public static final String PAUSE = "ThroughputSearch.pause";
    /** For each packet size. */
    public static final String MAX_TRIALS = "ThroughputSearch.maxTrials";
    /** What must be reached at the lowest accepted loss, such as 30M; empty for no check. */
    public static final String MIN_RATE = "ThroughputSearch.minRate";
    /** File that gets the table; empty for none. */
    public static final String CSV_FILE = "ThroughputSearch.csvFile";

    static final Duration MIN_TRIAL = Duration.ofMillis(100);
    static final Duration MAX_TRIAL = Duration.ofHours(1);
    static final Duration MAX_PAUSE = Duration.ofHours(1);
    static final int MAX_TRIALS_LIMIT = 1000;
    static final String MIN_PRECISION = "0.1";
    static final String MAX_PRECISION = "50";

    /** Every property of this element, in the order of its form. */
    public static final List<FormField> FIELDS = Stream.of(
                    Stream.of(
                                    BandwidthTestSampler.SERVER,
                                    BandwidthTestSampler.PORT,
                                    BandwidthTestSampler.USER,
                                    BandwidthTestSampler.PASSWORD,
                                    BandwidthTestSampler.AUTHENTICATION,
                                    BandwidthTestSampler.LOCAL_ADDRESS)
                            .map(property -> shared(property, "server")),
                    Stream.of(
                            shared(BandwidthTestSampler.DIRECTION, "search"),
                            FormField.text("search", PACKET_SIZES, "64,128,256,512,1024,1280,1518"),
                            FormField.choice("search", SIZE_OF, "frame", PacketSize.Layer.words()),
                            FormField.text("search", ACCEPTED_LOSS, "0,0.5"),
                            FormField.text("search", LOWEST_RATE, "100k"),
                            FormField.text("search", HIGHEST_RATE, "1G"),
                            FormField.text("search", PRECISION, "1"),
                            FormField.text("trials", SHORT_TRIAL, "1"),
                            FormField.text("trials", FINAL_TRIAL, "60"),
                            FormField.text("trials", PAUSE, "1"),
                            FormField.text("trials", MAX_TRIALS, "100"),
                            shared(BandwidthTestSampler.DSCP, "trials"),
                            shared(BandwidthTestSampler.NAT, "limits"),
                            shared(BandwidthTestSampler.CONNECT_TIMEOUT, "limits"),
                            shared(BandwidthTestSampler.LOST_PEER_TIME, "limits"),
                            FormField.text("result", MIN_RATE, ""),
                            FormField.text("result", CSV_FILE, ""),
                            shared(BandwidthTestSampler.INTERVAL, "reporting"),
                            shared(BandwidthTestSampler.INTERVAL_REPORTING, "reporting")))
            .flatMap(fields -> fields)
            .toList();

    private static FormField shared(String property, String group) {
        FormField field = BandwidthTestSampler.FIELDS.stream()
                .filter(each -> each.property().equals(property))
                .findFirst()
                .orElseThrow();
        return new FormField(property, field.kind(), field.defaultValue(), field.choices(), group, field.option());
    }

    @Override
    PreparedTest prepare() throws BtestException {
        Fields fields = new Fields(this, FIELDS);
        SearchSettings settings = settings(fields);
        SearchPlan plan = new SearchPlan(
                options(fields),
                PacketSize.parse(PACKET_SIZES, SIZE_OF, fields),
                settings,
                fields.seconds(PAUSE, Duration.ZERO, MAX_PAUSE),
                minRate(fields, settings.highestBitsPerSecond()),
                csvFile(fields),
                fields.choice(
                        BandwidthTestSampler.INTERVAL_REPORTING, IntervalReporting.values(), IntervalReporting::word));
        Optional<Duration> tooShort = SearchRun.leftBefore(plan.settings().shortTrial(), getThreadContext());
        if (tooShort.isPresent()) {
            Schedule.awaitEnd(tooShort.get());
            return null;
        }
        return new SearchRun(plan, getThreadContext());
    }

    private static OptionalLong minRate(Fields fields, long highest) throws BtestException {
        OptionalLong rate = fields.rate(MIN_RATE);
        if (rate.orElse(0) > highest) {
            throw Fields.invalid(
                    MIN_RATE,
                    fields.text(MIN_RATE),
                    "enter at most " + Messages.text(HIGHEST_RATE) + ", which is " + fields.text(HIGHEST_RATE));
        }
        return rate;
    }

    /** A search can take hours, at the end of which it is too late to find that its table has no place. */
    private static String csvFile(Fields fields) throws BtestException {
        String name = fields.text(CSV_FILE);
        if (!name.isEmpty() && !canBeWritten(FileServer.getFileServer().getResolvedFile(name))) {
            throw Fields.invalid(
                    CSV_FILE, name, "enter a file that this machine can write, in a directory that exists");
        }
        return name;
    }

    private static boolean canBeWritten(File file) {
        File directory = file.getAbsoluteFile().getParentFile();
        return file.exists()
                ? file.isFile() && file.canWrite()
                : directory != null && directory.isDirectory() && directory.canWrite();
    }

    /** Of a trial; what differs from trial to trial is set for each. */
    private static ClientOptionsBuilder options(Fields fields) throws BtestException {
        Authentication authentication =
                fields.choice(BandwidthTestSampler.AUTHENTICATION, Authentication.values(), Authentication::word);
        ClientOptionsBuilder options = ClientOptions.builder()
                .server(fields.host(BandwidthTestSampler.SERVER))
                .port(fields.whole(BandwidthTestSampler.PORT))
                .authentication(authentication)
                .localAddress(fields.host(BandwidthTestSampler.LOCAL_ADDRESS))
                .protocol(Protocol.UDP)
                .direction(fields.choice(BandwidthTestSampler.DIRECTION, Direction.values(), Direction::word))
                .dscp(fields.dscp(BandwidthTestSampler.DSCP))
                .nat(fields.yesNo(BandwidthTestSampler.NAT))
                .connectTimeout(fields.millis(BandwidthTestSampler.CONNECT_TIMEOUT))
                .lostPeerTime(fields.seconds(BandwidthTestSampler.LOST_PEER_TIME))
                .interval(fields.millis(BandwidthTestSampler.INTERVAL))
                .awaitTail(true);
        if (authentication != Authentication.NONE) {
            options.credentials(new Credentials(
                    fields.text(BandwidthTestSampler.USER), fields.secret(BandwidthTestSampler.PASSWORD)));
        }
        fields.checked(options::build);
        return options;
    }

    private static SearchSettings settings(Fields fields) throws BtestException {
        long lowest = speed(fields, LOWEST_RATE);
        long highest = speed(fields, HIGHEST_RATE);
        if (highest < lowest) {
            throw Fields.invalid(HIGHEST_RATE, fields.text(HIGHEST_RATE), "enter at least the lowest rate");
        }
        Duration shortTrial = fields.seconds(SHORT_TRIAL, MIN_TRIAL, MAX_TRIAL);
        return new SearchSettings(
                fields
                        .list(
                                ACCEPTED_LOSS,
                                FieldCheck.PERCENT,
                                "enter one or several percentages from 0 to 100, such as 0,0.5")
                        .stream()
                        .map(percent -> Double.parseDouble(percent) / 100)
                        .toList(),
                lowest,
                highest,
                fields.decimal(PRECISION, MIN_PRECISION, MAX_PRECISION).doubleValue() / 100,
                shortTrial,
                finalTrial(fields, shortTrial),
                fields.whole(MAX_TRIALS, 1, MAX_TRIALS_LIMIT));
    }

    private static Duration finalTrial(Fields fields, Duration shortTrial) throws BtestException {
        Duration finalTrial = fields.seconds(FINAL_TRIAL, MIN_TRIAL, MAX_TRIAL);
        if (finalTrial.compareTo(shortTrial) < 0) {
            throw Fields.invalid(
                    FINAL_TRIAL,
                    fields.text(FINAL_TRIAL),
                    "enter at least as much as " + Messages.text(SHORT_TRIAL) + ", which is "
                            + fields.text(SHORT_TRIAL));
        }
        return finalTrial;
    }

    private static long speed(Fields fields, String property) throws BtestException {
        long speed = fields.speed(property);
        if (speed == 0 || speed > ClientOptions.MAX_SPEED) {
            throw Fields.invalid(
                    property, fields.text(property), "enter bit/s, such as 500k, 100M or 1G, up to 4.294967295G");
        }
        return speed;
    }

    /** Defaults in scope fill what is empty here, the nearest first. */
    @Override
    public boolean applies(ConfigTestElement config) {
        return config instanceof BandwidthTestDefaults || super.applies(config);
    }
}

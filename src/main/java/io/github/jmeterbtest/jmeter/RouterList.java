package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.jmeter.field.Fields;
import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.results.RoutersFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.jmeter.engine.event.LoopIterationEvent;
import org.apache.jmeter.engine.event.LoopIterationListener;
import org.apache.jmeter.services.FileServer;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.JMeterVariables;
import org.apache.jorphan.util.JMeterStopThreadException;

/**
 * MikroTik Router List: gives each loop of a thread the next router of a CSV file, each router once. The columns of the
 * file become variables; a thread that finds no router left ends. Several remote engines share the file: each takes the
 * routers of its number.
 *
 * <p>It reads the file at the start of the run.
 */
public class RouterList extends StartedElement implements LoopIterationListener {
    private static final long serialVersionUID = 1L;

    /** CSV file, relative to the directory of the plan or the current one. */
    public static final String FILE = "RouterList.file";
    /** Names of the columns that the file must have, separated by commas. */
    public static final String COLUMNS = "RouterList.columns";
    /** Number of this engine, 1..engines; empty if there is only one. */
    public static final String ENGINE = "RouterList.engine";
    /** How many engines share the file, 1..10000; empty if there is only one. */
    public static final String ENGINES = "RouterList.engines";

    /** More than anyone has. */
    static final int MAX_ENGINES = 10_000;

    /** Every property of this element, in the order of its form. */
    public static final List<FormField> FIELDS = List.of(
            FormField.text("routers", FILE, "routers.csv"),
            FormField.text("routers", COLUMNS, RoutersFile.NAME),
            FormField.text("engines", ENGINE, ""),
            FormField.text("engines", ENGINES, ""));

    /** No valid value of any field of a test, so that a line that is too short fails instead of being tested. */
    private static final String MISSING = "not in the file";

    private transient Iterator<Map<String, String>> routers;

    @Override
    void start() throws BtestException {
        take(share());
    }

    @Override
    void end() {
        take(List.of());
    }

    /**
     * Gives a thread its next router. After a failed start there is none; then {@link #sampleStarting} ends the run.
     */
    @Override
    public void iterationStart(LoopIterationEvent event) {
        if (hasFailed()) {
            return;
        }
        Map<String, String> router = next();
        JMeterVariables variables = JMeterContextService.getContext().getVariables();
        router.forEach((column, value) -> variables.put(column, value == null ? MISSING : value));
    }

    private synchronized void take(List<Map<String, String>> share) {
        routers = share.iterator();
    }

    private synchronized Map<String, String> next() {
        if (!routers.hasNext()) {
            throw new JMeterStopThreadException(getName() + ": no router is left");
        }
        return routers.next();
    }

    /** {@return the routers that this engine tests} */
    private List<Map<String, String>> share() throws BtestException {
        Fields fields = new Fields(this, FIELDS);
        String engine = fields.text(ENGINE);
        String engines = fields.text(ENGINES);
        if (engine.isEmpty() && engines.isEmpty()) {
            return read(fields);
        }
        if (engines.isEmpty()) {
            throw Fields.invalid(ENGINES, "", "enter how many engines share the file, since this is engine " + engine);
        }
        int count = fields.whole(ENGINES, 1, MAX_ENGINES);
        if (engine.isEmpty()) {
            throw Fields.invalid(ENGINE, "", "enter the number of this engine, 1 to " + count);
        }
        int number = fields.whole(ENGINE, 1, count);
        List<Map<String, String>> all = read(fields);
        List<Map<String, String>> share = IntStream.range(0, all.size())
                .filter(line -> line % count == number - 1)
                .mapToObj(all::get)
                .toList();
        announce("%s: %d of the %d routers in %s (engine %d of %d)"
                .formatted(getName(), share.size(), all.size(), fields.text(FILE), number, count));
        return share;
    }

    private List<Map<String, String>> read(Fields fields) throws BtestException {
        String file = fields.text(FILE);
        try {
            List<Map<String, String>> all = RoutersFile.read(
                    FileServer.getFileServer().getResolvedFile(file).toPath(), columns(fields));
            if (all.isEmpty()) {
                throw Fields.invalid(FILE, file, "it has no router, only a line with the names of the columns");
            }
            return all;
        } catch (IOException | InvalidPathException e) {
            throw Fields.invalid(FILE, file, e.getMessage());
        }
    }

    private static List<String> columns(Fields fields) throws BtestException {
        return Stream.of(fields.text(COLUMNS).split(",", -1)).map(String::strip).toList();
    }
}

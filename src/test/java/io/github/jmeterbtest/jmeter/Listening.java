package io.github.jmeterbtest.jmeter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.jmeter.control.LoopController;
import org.apache.jmeter.samplers.AbstractSampler;
import org.apache.jmeter.samplers.SampleEvent;
import org.apache.jmeter.samplers.SampleListener;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.testelement.AbstractTestElement;
import org.apache.jmeter.threads.JMeterContext;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.JMeterThread;
import org.apache.jmeter.threads.JMeterVariables;
import org.apache.jmeter.threads.ListenerNotifier;
import org.apache.jmeter.threads.SamplePackage;
import org.apache.jmeter.threads.ThreadGroup;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.jorphan.collections.ListedHashTree;

/**
 * JMeter's surroundings of a sampler on the test's own thread: variables, and a listener that keeps what it hears.
 * JMeter casts every listener to TestElement.
 */
public final class Listening extends AbstractTestElement implements SampleListener {
    private static final long serialVersionUID = 1L;
    public final transient List<SampleEvent> events = new ArrayList<>();
    /** The btest variables at each event. */
    public final transient List<Map<String, String>> variablesThen = new ArrayList<>();

    public final transient JMeterVariables variables = new JMeterVariables();
    public transient Consumer<SampleResult> onSample = sample -> {};

    public Listening() {
        JMeterContext context = JMeterContextService.getContext();
        context.clear();
        context.setVariables(variables);
        setListeners(List.of(this));
    }

    /** The sampler that runs next has no listeners. */
    public void takeListenersAway() {
        setListeners(List.of());
    }

    private void setListeners(List<SampleListener> listeners) {
        variables.putObject(
                JMeterThread.PACKAGE_OBJECT,
                new SamplePackage(List.of(), listeners, List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    /** Gives JMeter the properties that parts of it cannot do without. */
    public static void startJMeter(Path home) throws IOException {
        Path properties = Files.writeString(
                home.resolve("jmeter.properties"), "language=en\nsampleresult.timestamp.start=true\n");
        JMeterUtils.setJMeterHome(home.toString());
        JMeterUtils.loadJMeterProperties(properties.toString());
        JMeterUtils.initLocale();
    }

    /** Puts the context into a thread whose group lasts until then. */
    static void threadEndsAt(JMeterContext context, long epochMillis) {
        ListedHashTree tree = new ListedHashTree();
        tree.add(new LoopController());
        JMeterThread thread = new JMeterThread(tree, new ThreadGroup(), new ListenerNotifier());
        thread.setEndTime(epochMillis);
        context.setThread(thread);
    }

    /** Ready to be sampled on this thread. */
    public <T extends AbstractSampler> T ready(T sampler, String name) {
        sampler.setName(name);
        sampler.setThreadContext(JMeterContextService.getContext());
        return sampler;
    }

    public List<SampleResult> samples() {
        return events.stream().map(SampleEvent::getResult).toList();
    }

    /** The btest variables that stand now. */
    public Map<String, String> btestVariables() {
        Map<String, String> found = new HashMap<>();
        variables.entrySet().forEach(entry -> {
            if (entry.getKey().startsWith("btest_")) {
                found.put(entry.getKey(), Objects.toString(entry.getValue()));
            }
        });
        return found;
    }

    @Override
    public void sampleOccurred(SampleEvent event) {
        events.add(event);
        variablesThen.add(btestVariables());
        onSample.accept(event.getResult());
    }

    @Override
    public void sampleStarted(SampleEvent event) {}

    @Override
    public void sampleStopped(SampleEvent event) {}
}

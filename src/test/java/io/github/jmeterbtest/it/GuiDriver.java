package io.github.jmeterbtest.it;

import io.github.jmeterbtest.jmeter.ThroughputChart;
import java.awt.Container;
import java.awt.event.ActionEvent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.swing.JTable;
import javax.swing.SwingUtilities;
import javax.swing.tree.TreePath;
import org.apache.jmeter.JMeter;
import org.apache.jmeter.engine.StandardJMeterEngine;
import org.apache.jmeter.gui.GuiPackage;
import org.apache.jmeter.gui.action.ActionNames;
import org.apache.jmeter.gui.action.ActionRouter;
import org.apache.jmeter.gui.tree.JMeterTreeNode;
import org.apache.jmeter.testelement.TestStateListener;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.util.JMeterUtils;

/**
 * JMeter with its GUI, in a process of its own. Does what it reads, line by line, through JMeter's own actions:
 * {@code start}, {@code stop}, {@code shutdown}, {@code await} and the begin of the name of a thread that shall wait,
 * {@code chart} to look at the throughput chart, or a JMeter property as {@code name=value}. Prints what happened.
 */
public final class GuiDriver {
    static final String READY = "the GUI is ready";
    static final String WAITING = "a thread waits: ";
    static final String CHARTED = "the chart has ";
    static final String ENDED = "the run has ended; threads of ours that are left: ";

    private GuiDriver() {
    }

    /** @param arguments JMeter's own */
    public static void main(String[] arguments) throws Exception {
        new JMeter().start(arguments);
        awaitPlan();
        System.out.println(READY);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            obey(line);
        }
        System.exit(0);
    }

    private static void obey(String line) throws Exception {
        switch (line.split("[ =]")[0]) {
            case "start" -> start();
            case "stop" -> act(ActionNames.ACTION_STOP);
            case "shutdown" -> act(ActionNames.ACTION_SHUTDOWN);
            case "await" -> awaitWaiting(line.substring("await ".length()));
            case "chart" -> chart();
            default -> JMeterUtils.setProperty(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
    }

    private static void start() throws Exception {
        // JMeter tells its elements a little before it is done itself
        while (JMeterContextService.getTestStartTime() != 0) {
            Thread.onSpinWait();
        }
        StandardJMeterEngine.register(new EndReporter());
        act(ActionNames.ACTION_START);
    }

    private static void act(String action) throws Exception {
        SwingUtilities.invokeAndWait(() -> ActionRouter.getInstance().doActionNow(new ActionEvent(GuiDriver.class, 0, action)));
    }

    /** JMeter shows its window first and loads the plan then, both on Swing's thread. */
    private static void awaitPlan() throws Exception {
        AtomicBoolean loaded = new AtomicBoolean();
        while (!loaded.get()) {
            SwingUtilities.invokeAndWait(() -> loaded.set(
                    GuiPackage.getInstance() != null && GuiPackage.getInstance().getTestPlanFile() != null));
        }
    }

    private static void awaitWaiting(String name) {
        while (threads(thread -> thread.getName().startsWith(name) && thread.getState() == Thread.State.TIMED_WAITING).isEmpty()) {
            Thread.onSpinWait();
        }
        System.out.println(WAITING + name);
    }

    /** Shows the chart's form, and prints its newest test as soon as it is in the table. */
    private static void chart() throws Exception {
        AtomicReference<JTable> table = new AtomicReference<>();
        SwingUtilities.invokeAndWait(() -> {
            JMeterTreeNode chart = GuiPackage.getInstance().getTreeModel().getNodesOfType(ThroughputChart.class).get(0);
            GuiPackage.getInstance().getMainFrame().getTree().setSelectionPath(new TreePath(chart.getPath()));
            table.set(tables((Container) GuiPackage.getInstance().getCurrentGui()).findFirst().orElseThrow());
        });
        AtomicReference<String> newest = new AtomicReference<>();
        while (newest.get() == null) {
            SwingUtilities.invokeAndWait(() -> {
                if (table.get().getRowCount() > 0) {
                    newest.set(table.get().getValueAt(0, 0) + ": " + table.get().getValueAt(0, 2));
                }
            });
        }
        System.out.println(CHARTED + newest);
    }

    private static Stream<JTable> tables(Container container) {
        return Stream.of(container.getComponents()).flatMap(part -> part instanceof JTable table ? Stream.of(table)
                : part instanceof Container inner ? tables(inner) : Stream.empty());
    }

    private static List<Thread> threads(Predicate<Thread> wanted) {
        return Thread.getAllStackTraces().keySet().stream().filter(wanted).toList();
    }

    /** JMeter calls it after all elements of the plan. */
    private static final class EndReporter implements TestStateListener {
        @Override
        public void testStarted() {
            // the end matters
        }

        @Override
        public void testStarted(String host) {
            // no remote engines here
        }

        @Override
        public void testEnded() {
            Predicate<Thread> ours = thread -> thread.getName().startsWith("btest-");
            try {
                for (Thread ending : threads(ours)) {
                    ending.join(10_000);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            System.out.println(ENDED + threads(ours));
        }

        @Override
        public void testEnded(String host) {
            // no remote engines here
        }
    }
}

package io.github.jmeterbtest.it;

import io.github.jmeterbtest.jmeter.ThroughputChart;
import java.awt.Component;
import java.awt.Container;
import java.awt.Graphics2D;
import java.awt.KeyboardFocusManager;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.JDialog;
import javax.swing.JEditorPane;
import javax.swing.JMenuItem;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.MenuElement;
import javax.swing.SwingUtilities;
import javax.swing.tree.TreePath;
import org.apache.jmeter.JMeter;
import org.apache.jmeter.engine.StandardJMeterEngine;
import org.apache.jmeter.gui.GuiPackage;
import org.apache.jmeter.gui.JMeterGUIComponent;
import org.apache.jmeter.gui.action.ActionNames;
import org.apache.jmeter.gui.action.ActionRouter;
import org.apache.jmeter.gui.tree.JMeterTreeNode;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.testelement.TestStateListener;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.util.JMeterUtils;

/**
 * JMeter with its GUI, in a process of its own. Does what it reads, line by line, through JMeter's own actions, and
 * prints what happened:
 *
 * <ul>
 *   <li>{@code start}, {@code start-remote} on all remote engines, {@code stop}, {@code shutdown}, {@code clear} all
 *       results
 *   <li>{@code select NAME}: show an element's form
 *   <li>{@code help menu} or {@code help popup}: click JMeter's item named Help there for the shown element;
 *       {@code help FIELD}: press F1 in the field with that property
 *   <li>{@code size WIDTH HEIGHT} of the window, {@code picture FILE}: draw the window into it
 *   <li>{@code chart RESULT}: show the throughput chart, and wait until its newest test has that result, or any without
 *       one
 *   <li>{@code menu ITEM}, {@code press BUTTON} of a dialog, {@code file FILE} in a dialog that wants one
 *   <li>{@code click BUTTON} of the form that is shown, {@code pick ITEM} in a field with items
 *   <li>{@code type PROPERTY TEXT} into the form that is shown
 *   <li>{@code state} of the plan: print whether it has a file and was changed, what is shown, and its elements
 *   <li>{@code await NAME}: wait until a thread whose name begins like that waits
 *   <li>{@code name=value}: a JMeter property
 * </ul>
 */
public final class GuiDriver {
    static final String READY = "the GUI is ready";
    static final String WAITING = "a thread waits: ";
    static final String CHARTED = "the chart has ";
    static final String HELPED = "help is shown: ";
    static final String DRAWN = "the window is drawn into ";
    static final String STATE = "the plan: ";
    static final String ENDED = "the run has ended; threads of ours that are left: ";

    private GuiDriver() {}

    /** @param arguments JMeter's own */
    public static void main(String[] arguments) throws Exception {
        new JMeter().start(arguments);
        awaitPlan();
        // what is there now counts as unchanged; JMeter itself would see to that a little later
        act(ActionNames.ADD_ALL);
        System.out.println(READY);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            obey(line);
        }
        System.exit(0);
    }

    private static void obey(String line) throws Exception {
        String rest = line.substring(line.indexOf(' ') + 1);
        switch (line.split("[ =]", 2)[0]) {
            case "start" -> start();
            case "start-remote" -> act(ActionNames.REMOTE_START_ALL);
            case "stop" -> act(ActionNames.ACTION_STOP);
            case "clear" -> act(ActionNames.CLEAR_ALL);
            case "shutdown" -> act(ActionNames.ACTION_SHUTDOWN);
            case "await" -> awaitWaiting(rest);
            case "select" -> select(node -> node.getName().equals(rest));
            case "menu" -> GuiInput.choose(rest);
            case "press" -> GuiInput.press(rest);
            case "click" -> GuiInput.click(rest);
            case "pick" -> GuiInput.pick(rest);
            case "file" -> GuiInput.file(new File(rest));
            case "type" -> GuiInput.type(rest.split(" ", 2)[0], rest.split(" ", 2)[1]);
            case "state" -> state();
            case "help" -> help(rest);
            case "size" -> size(rest.split(" ", -1));
            case "picture" -> draw(new File(rest));
            case "chart" -> chart(line.equals("chart") ? "" : rest);
            default ->
                JMeterUtils.setProperty(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
    }

    private static void start() throws Exception {
        // JMeter tells its elements a little before it is done itself
        while (JMeterContextService.getTestStartTime() != 0) {
            Thread.onSpinWait();
        }
        StandardJMeterEngine.register(new EndReporter());
        // later, since JMeter first asks whether to save a plan without a file
        SwingUtilities.invokeLater(() -> actNow(ActionNames.ACTION_START));
    }

    private static void act(String action) throws Exception {
        SwingUtilities.invokeAndWait(() -> actNow(action));
    }

    private static void actNow(String action) {
        ActionRouter.getInstance()
                .doActionNow(new ActionEvent(GuiPackage.getInstance().getMainFrame(), 0, action));
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
        while (threads(thread -> thread.getName().startsWith(name) && thread.getState() == Thread.State.TIMED_WAITING)
                .isEmpty()) {
            Thread.onSpinWait();
        }
        System.out.println(WAITING + name);
    }

    private static void select(Predicate<JMeterTreeNode> wanted) throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            JMeterTreeNode node = GuiPackage.getInstance().getTreeModel().getNodesOfType(TestElement.class).stream()
                    .filter(wanted)
                    .findFirst()
                    .orElseThrow();
            GuiPackage.getInstance().getMainFrame().getTree().setSelectionPath(new TreePath(node.getPath()));
        });
    }

    private static void state() throws Exception {
        act(ActionNames.CHECK_DIRTY);
        SwingUtilities.invokeAndWait(() -> {
            GuiPackage gui = GuiPackage.getInstance();
            System.out.println(STATE
                    + String.join(
                            ", ",
                            gui.getTestPlanFile() == null ? "no file" : "a file",
                            gui.isDirty() ? "changed" : "unchanged",
                            "shows " + gui.getCurrentNode().getName(),
                            "has "
                                    + gui.getTreeModel().getNodesOfType(TestElement.class).stream()
                                            .map(JMeterTreeNode::getName)
                                            .toList()));
        });
    }

    /** Prints the title of the window that opens, and what is marked in it, and closes it. */
    private static void help(String how) throws Exception {
        JMeterGUIComponent form = GuiPackage.getInstance().getCurrentGui();
        switch (how) {
            case "menu" ->
                SwingUtilities.invokeAndWait(
                        () -> click(GuiPackage.getInstance().getMainFrame().getJMenuBar()));
            case "popup" -> SwingUtilities.invokeAndWait(() -> click(form.createPopupMenu()));
            default -> pressF1(part((Container) form, how));
        }
        AtomicReference<String> shown = new AtomicReference<>();
        while (shown.get() == null) {
            SwingUtilities.invokeAndWait(() -> Stream.of(Window.getWindows())
                    .filter(window -> window.isShowing() && isHelp(window)) // errors of earlier runs may be open
                    .forEach(window -> {
                        String marked = ((JEditorPane) ((JScrollPane) ((JDialog) window).getContentPane())
                                        .getViewport()
                                        .getView())
                                .getSelectedText();
                        shown.set(((JDialog) window).getTitle() + (marked == null ? "" : ", " + marked));
                        window.dispose();
                    }));
        }
        System.out.println(HELPED + shown);
    }

    private static boolean isHelp(Window window) {
        return window instanceof JDialog dialog && dialog.getContentPane() instanceof JScrollPane;
    }

    private static void click(MenuElement menu) {
        if (menu.getComponent() instanceof JMenuItem item
                && item.getActionCommand().equals(ActionNames.HELP)) {
            item.doClick(0);
        }
        Stream.of(menu.getSubElements()).forEach(GuiDriver::click);
    }

    private static Component part(Container container, String name) {
        return Stream.of(container.getComponents())
                .map(part ->
                        name.equals(part.getName()) ? part : part instanceof Container inner ? part(inner, name) : null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static void pressF1(Component field) throws Exception {
        AtomicReference<Component> focused = new AtomicReference<>();
        while (focused.get() != field) {
            SwingUtilities.invokeAndWait(() -> {
                field.requestFocus();
                focused.set(
                        KeyboardFocusManager.getCurrentKeyboardFocusManager().getFocusOwner());
            });
        }
        SwingUtilities.invokeAndWait(() -> field.dispatchEvent(
                new KeyEvent(field, KeyEvent.KEY_PRESSED, 0, 0, KeyEvent.VK_F1, KeyEvent.CHAR_UNDEFINED)));
    }

    private static void size(String[] widthAndHeight) throws Exception {
        SwingUtilities.invokeAndWait(() -> GuiPackage.getInstance()
                .getMainFrame()
                .setSize(Integer.parseInt(widthAndHeight[0]), Integer.parseInt(widthAndHeight[1])));
    }

    private static void draw(File picture) throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            Component window = GuiPackage.getInstance().getMainFrame().getRootPane();
            window.validate();
            BufferedImage image = new BufferedImage(window.getWidth(), window.getHeight(), BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            window.printAll(graphics);
            graphics.dispose();
            try {
                ImageIO.write(image, "png", picture);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        System.out.println(DRAWN + picture);
    }

    /** Shows the chart's form, and prints its newest test as soon as it is in the table with that result. */
    private static void chart(String result) throws Exception {
        select(node -> node.getTestElement() instanceof ThroughputChart);
        AtomicReference<JTable> table = new AtomicReference<>();
        SwingUtilities.invokeAndWait(
                () -> table.set(tables((Container) GuiPackage.getInstance().getCurrentGui())
                        .findFirst()
                        .orElseThrow()));
        AtomicReference<String> newest = new AtomicReference<>();
        while (newest.get() == null) {
            SwingUtilities.invokeAndWait(() -> {
                if (table.get().getRowCount() > 0) {
                    int column = resultColumn(table.get());
                    String shown = table.get().getValueAt(0, column).toString();
                    if (shown.contains(result)) {
                        newest.set(table.get().getValueAt(0, 0) + ": " + shown);
                    }
                }
            });
        }
        System.out.println(CHARTED + newest);
    }

    /** Which columns there are depends on what is known of the tests. */
    private static int resultColumn(JTable table) {
        return IntStream.range(0, table.getColumnCount())
                .filter(i -> table.getColumnName(i).equals("Result"))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JTable> tables(Container container) {
        return Stream.of(container.getComponents())
                .flatMap(part -> part instanceof JTable table
                        ? Stream.of(table)
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

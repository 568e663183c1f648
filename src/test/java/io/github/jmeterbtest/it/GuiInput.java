package io.github.jmeterbtest.it;

import java.awt.Component;
import java.awt.Container;
import java.awt.Window;
import java.io.File;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JDialog;
import javax.swing.JFileChooser;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;
import org.apache.jmeter.gui.GuiPackage;

/** What a user does with mouse and keyboard in JMeter's window and in its dialogs. */
final class GuiInput {
    private static final long MAX_WAIT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private GuiInput() {}

    /** Chooses an item of the menu bar, and waits until JMeter has acted on it or asks. */
    static void choose(String item) throws Exception {
        SwingUtilities.invokeAndWait(() -> find(
                        GuiPackage.getInstance().getMainFrame().getJMenuBar(),
                        JMenuItem.class,
                        found -> found.getText().equals(item))
                .orElseThrow()
                .doClick());
        // JMeter queues the action, and the action queues the change of the form
        SwingUtilities.invokeAndWait(() -> {});
        SwingUtilities.invokeAndWait(() -> {});
    }

    /** Presses a button as soon as a dialog has it. */
    static void press(String text) throws Exception {
        inDialog(JButton.class, button -> text.equals(button.getText()), JButton::doClick);
    }

    /** Presses a button of the form that is shown; what it opens is not waited for. */
    static void click(String text) {
        SwingUtilities.invokeLater(() -> find(
                        (Container) GuiPackage.getInstance().getCurrentGui(),
                        JButton.class,
                        button -> text.equals(button.getText()))
                .orElseThrow()
                .doClick());
    }

    /** Chooses an item in the form that is shown, as soon as one of its fields offers it. */
    static void pick(String item) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        long giveUpAt = System.nanoTime() + MAX_WAIT_NANOS;
        while (!done.get()) {
            if (System.nanoTime() > giveUpAt) {
                throw new AssertionError("no field offers " + item);
            }
            SwingUtilities.invokeAndWait(() -> find(
                            (Container) GuiPackage.getInstance().getCurrentGui(),
                            JComboBox.class,
                            field -> items(field).anyMatch(item::equals))
                    .ifPresent(field -> {
                        field.setSelectedIndex(items(field).toList().indexOf(item));
                        done.set(true);
                    }));
        }
    }

    private static Stream<String> items(JComboBox<?> field) {
        return IntStream.range(0, field.getItemCount()).mapToObj(i -> String.valueOf(field.getItemAt(i)));
    }

    /** Takes that file as soon as a dialog wants one. */
    static void file(File file) throws Exception {
        inDialog(JFileChooser.class, chooser -> true, chooser -> {
            chooser.setSelectedFile(file);
            chooser.approveSelection();
        });
    }

    /** Types into a field of the form that is shown. */
    static void type(String property, String text) throws Exception {
        SwingUtilities.invokeAndWait(() -> find(
                        (Container) GuiPackage.getInstance().getCurrentGui(),
                        JTextComponent.class,
                        field -> property.equals(field.getName()))
                .orElseThrow()
                .setText(text));
    }

    private static <C extends Component> void inDialog(Class<C> type, Predicate<C> wanted, Consumer<C> action)
            throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        while (!done.get()) {
            SwingUtilities.invokeAndWait(() -> Stream.of(Window.getWindows())
                    .filter(window -> window instanceof JDialog && window.isShowing())
                    .flatMap(dialog -> find(dialog, type, wanted).stream())
                    .findFirst()
                    .ifPresent(found -> {
                        done.set(true);
                        // later, since what it does may open the next dialog and wait for it
                        SwingUtilities.invokeLater(() -> action.accept(found));
                    }));
        }
    }

    private static <C extends Component> Optional<C> find(Container container, Class<C> type, Predicate<C> wanted) {
        Component[] parts = container instanceof JMenu menu ? menu.getMenuComponents() : container.getComponents();
        return Stream.of(parts)
                .flatMap(part -> type.isInstance(part) && wanted.test(type.cast(part))
                        ? Stream.of(type.cast(part))
                        : part instanceof Container inner ? find(inner, type, wanted).stream() : Stream.empty())
                .findFirst();
    }
}

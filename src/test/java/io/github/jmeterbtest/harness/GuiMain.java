package io.github.jmeterbtest.harness;

import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.event.ActionEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.JTree;
import javax.swing.SwingUtilities;
import javax.swing.tree.TreePath;
import org.apache.jmeter.JMeter;
import org.apache.jmeter.gui.GuiPackage;
import org.apache.jmeter.gui.action.ActionNames;
import org.apache.jmeter.gui.action.ActionRouter;
import org.apache.jmeter.gui.tree.JMeterTreeNode;

/**
 * JMeter with its window: opens a plan, selects an element, runs the plan, and after a while makes a picture of the window.
 * Arguments: JMeter's home, the plan, the element's name, how long to wait (s), the picture, then properties.
 */
public final class GuiMain {
    private static final long PATIENCE_SECONDS = 120;

    private GuiMain() {
    }

    /** @param arguments as above */
    public static void main(String[] arguments) throws Exception {
        String[] properties = Arrays.stream(arguments).skip(5).map(property -> "-J" + property).toArray(String[]::new);
        System.setProperty("jmeter.home", arguments[0]);
        new JMeter().start(Stream.concat(Stream.of("-d", arguments[0], "-t", arguments[1], "-Jlanguage=en"),
                Arrays.stream(properties)).toArray(String[]::new));
        await(() -> GuiPackage.getInstance() != null && node(arguments[2]) != null
                && GuiPackage.getInstance().getMainFrame().isShowing());
        SwingUtilities.invokeAndWait(() -> {
            GuiPackage.getInstance().getMainFrame().setSize(1600, 880);
            JTree tree = GuiPackage.getInstance().getMainFrame().getTree();
            tree.setSelectionPath(new TreePath(node(arguments[2]).getPath()));
            ActionRouter.getInstance().actionPerformed(new ActionEvent(tree, 1, ActionNames.ACTION_START));
        });
        TimeUnit.SECONDS.sleep(Long.parseLong(arguments[3]));
        SwingUtilities.invokeAndWait(() -> write(GuiPackage.getInstance().getMainFrame().getRootPane(), new File(arguments[4])));
        Runtime.getRuntime().halt(0);
    }

    private static JMeterTreeNode node(String name) {
        return GuiPackage.getInstance().getTreeModel() == null ? null : GuiPackage.getInstance().getTreeModel()
                .getNodesOfType(org.apache.jmeter.testelement.TestElement.class).stream()
                .filter(node -> node.getName().equals(name)).findFirst().orElse(null);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("JMeter's window does not come");
            }
            LockSupport.parkNanos(200_000_000);
        }
    }

    private static void write(Component window, File picture) {
        BufferedImage image = new BufferedImage(window.getWidth(), window.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        window.printAll(graphics);
        graphics.dispose();
        try {
            ImageIO.write(image, "png", picture);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.event.ActionEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import javax.swing.JTree;
import javax.swing.MenuElement;
import javax.swing.tree.TreePath;
import org.apache.jmeter.exceptions.IllegalUserActionException;
import org.apache.jmeter.gui.GuiPackage;
import org.apache.jmeter.gui.action.AbstractActionWithNoRunningTest;
import org.apache.jmeter.gui.action.ActionNames;
import org.apache.jmeter.gui.action.ActionRouter;
import org.apache.jmeter.gui.action.Load;
import org.apache.jmeter.gui.plugin.MenuCreator;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jorphan.collections.HashTree;

/**
 * <i>File → New MikroTik Bandwidth Plan</i>: opens a plan that is ready to run, as a new one without a file name.
 * JMeter finds the class by itself, once for the menu and once for what its items do.
 */
public class NewPlanMenu extends AbstractActionWithNoRunningTest implements MenuCreator {
    @Override
    public Set<String> getActionNames() {
        return Stream.of(NewPlan.values()).map(NewPlan::action).collect(Collectors.toSet());
    }

    @Override
    protected void doActionAfterCheck(ActionEvent event) throws IllegalUserActionException {
        NewPlan wanted = Stream.of(NewPlan.values())
                .filter(plan -> plan.action().equals(event.getActionCommand()))
                .findFirst()
                .orElseThrow();
        try {
            HashTree plan = wanted.load();
            TestElement first = wanted.first(plan);
            if (complete(wanted, first) && close(event)) {
                Load.insertLoadedTree(event.getID(), plan);
                show(first);
            }
        } catch (IOException e) {
            throw new IllegalUserActionException(Messages.text("newPlan.failed"), e);
        }
    }

    /** {@return false if the user changed his mind} */
    private static boolean complete(NewPlan wanted, TestElement first) throws IOException {
        if (wanted != NewPlan.FLEET) {
            return true;
        }
        Optional<Path> routers = FleetFile.ask(GuiPackage.getInstance().getMainFrame());
        routers.ifPresent(file -> FleetFile.set(first, file));
        return routers.isPresent();
    }

    /**
     * As <i>File → New</i> does, which offers to save the open plan and forgets its file name.
     *
     * @return false if the user wants to keep it open
     */
    private static boolean close(ActionEvent event) {
        Object before = openPlan();
        ActionRouter.getInstance().doActionNow(new ActionEvent(event.getSource(), event.getID(), ActionNames.CLOSE));
        return openPlan() != before;
    }

    private static Object openPlan() {
        return GuiPackage.getInstance().getTreeModel().getTestPlan().getArray()[0];
    }

    private static void show(TestElement element) {
        GuiPackage gui = GuiPackage.getInstance();
        JTree tree = gui.getMainFrame().getTree();
        for (int row = 0; row < tree.getRowCount(); row++) {
            tree.expandRow(row);
        }
        tree.setSelectionPath(new TreePath(gui.getTreeModel().getNodeOf(element).getPath()));
    }

    @Override
    public JMenuItem[] getMenuItemsAtLocation(MENU_LOCATION location) {
        if (location != MENU_LOCATION.FILE) {
            return new JMenuItem[0];
        }
        JMenu menu = new JMenu(Messages.text("newPlan"));
        Stream.of(NewPlan.values()).map(NewPlanMenu::item).forEach(menu::add);
        return new JMenuItem[] {menu};
    }

    private static JMenuItem item(NewPlan plan) {
        JMenuItem item = new JMenuItem(plan.title());
        item.setToolTipText(plan.description());
        item.setActionCommand(plan.action());
        item.addActionListener(ActionRouter.getInstance());
        return item;
    }

    @Override
    public JMenu[] getTopLevelMenus() {
        return new JMenu[0];
    }

    @Override
    public boolean localeChanged(MenuElement menu) {
        return false;
    }

    @Override
    public void localeChanged() {
        // the items have no names, so that JMeter leaves their texts alone
    }
}

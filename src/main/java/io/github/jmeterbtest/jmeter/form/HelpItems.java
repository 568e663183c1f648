package io.github.jmeterbtest.jmeter.form;

import java.awt.event.ActionListener;
import java.awt.event.HierarchyEvent;
import java.util.Arrays;
import javax.swing.AbstractButton;
import javax.swing.JComponent;
import javax.swing.JMenuBar;
import javax.swing.JRootPane;
import javax.swing.MenuElement;
import javax.swing.SwingUtilities;
import org.apache.jmeter.gui.action.ActionNames;
import org.apache.jmeter.gui.action.ActionRouter;

/**
 * JMeter's items named Help. They open a web page that does not know our elements, and JMeter has no way to say where
 * it should be instead: a second command of the same name would run beside the first one. So while a form of ours is
 * shown, its help takes the place of JMeter's in the menu bar, and with it behind the key of that item.
 */
final class HelpItems {
    private final JComponent form;
    private final ActionListener help;
    private JMenuBar taken;

    private HelpItems(JComponent form, ActionListener help) {
        this.form = form;
        this.help = help;
    }

    /** Has the menu bar above a form show its help, whenever the form is shown. */
    static void follow(JComponent form, ActionListener help) {
        HelpItems items = new HelpItems(form, help);
        form.addHierarchyListener(event -> {
            if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) != 0) {
                items.formIsShown(form.isShowing());
            }
        });
    }

    private void formIsShown(boolean shown) {
        if (taken != null) {
            replace(taken, help, ActionRouter.getInstance());
            taken = null;
        }
        JRootPane window = SwingUtilities.getRootPane(form);
        if (shown && window != null && window.getJMenuBar() != null) {
            taken = window.getJMenuBar();
            take(taken, help);
        }
    }

    /** Has a menu of JMeter's show this help. */
    static void take(MenuElement menu, ActionListener help) {
        replace(menu, ActionRouter.getInstance(), help);
    }

    private static void replace(MenuElement menu, ActionListener before, ActionListener after) {
        if (menu.getComponent() instanceof AbstractButton item
                && ActionNames.HELP.equals(item.getActionCommand())
                && Arrays.asList(item.getActionListeners()).contains(before)) {
            item.removeActionListener(before);
            item.addActionListener(after);
        }
        for (MenuElement inner : menu.getSubElements()) {
            replace(inner, before, after);
        }
    }
}

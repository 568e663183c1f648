package io.github.jmeterbtest.jmeter;

import java.util.Collections;
import org.apache.jmeter.gui.tree.JMeterTreeNode;
import org.apache.jmeter.testelement.TestElement;

/** What {@link BandwidthTestDefaults} elements of the tree give to a sampler; in JMeter's order, nearest first. */
final class DefaultsInScope {
    private DefaultsInScope() {}

    /**
     * @param sampler its node; null if it is not in the tree
     * @param property name of a property that is empty in it
     * @return the text that the test will take; empty if no element gives one
     */
    static String value(JMeterTreeNode sampler, String property) {
        for (JMeterTreeNode level = sampler; level != null; level = (JMeterTreeNode) level.getParent()) {
            String value = Collections.list(level.children()).stream()
                    .map(JMeterTreeNode.class::cast)
                    .filter(node -> node.isEnabled() && node.getTestElement() instanceof BandwidthTestDefaults)
                    .map(node -> text(node.getTestElement(), property))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private static String text(TestElement defaults, String property) {
        return defaults.getPropertyAsString(property);
    }
}

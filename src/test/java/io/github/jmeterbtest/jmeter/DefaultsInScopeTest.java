package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.jmeter.control.GenericController;
import org.apache.jmeter.gui.tree.JMeterTreeNode;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.threads.ThreadGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order is that of {@code BandwidthTestDefaultsTest} and DefaultsIT, which ask JMeter itself. */
class DefaultsInScopeTest {
    private final JMeterTreeNode group = node(new ThreadGroup());
    private final JMeterTreeNode controller = under(group, new GenericController());
    private final JMeterTreeNode sampler = under(controller, new BandwidthTestSampler());

    @BeforeEach
    void start() {
        FormTestJMeter.start();
    }

    @Test
    void theNearestOneThatHasAValueCounts() {
        under(group, defaults("far", "3000"));
        under(controller, defaults("near", ""));
        under(controller, defaults("second", "4000"));

        assertThat(server()).isEqualTo("near");
        assertThat(DefaultsInScope.value(sampler, BandwidthTestSampler.PORT)).isEqualTo("4000");
        assertThat(DefaultsInScope.value(sampler, BandwidthTestSampler.USER)).isEmpty();

        under(sampler, defaults("own", ""));
        assertThat(server()).isEqualTo("own");
    }

    @Test
    void whatIsDisabledOrElsewhereGivesNothing() {
        TestElement disabled = defaults("disabled", "");
        disabled.setEnabled(false);
        under(controller, disabled);
        under(under(group, new GenericController()), defaults("elsewhere", ""));

        assertThat(server()).isEmpty();
        assertThat(DefaultsInScope.value(null, BandwidthTestSampler.SERVER)).isEmpty();
    }

    private String server() {
        return DefaultsInScope.value(sampler, BandwidthTestSampler.SERVER);
    }

    private static TestElement defaults(String server, String port) {
        BandwidthTestDefaults defaults = new BandwidthTestDefaults();
        defaults.setProperty(BandwidthTestSampler.SERVER, server);
        defaults.setProperty(BandwidthTestSampler.PORT, port);
        return defaults;
    }

    private static JMeterTreeNode node(TestElement element) {
        return new JMeterTreeNode(element, null);
    }

    private static JMeterTreeNode under(JMeterTreeNode parent, TestElement element) {
        JMeterTreeNode node = node(element);
        parent.add(node);
        return node;
    }
}

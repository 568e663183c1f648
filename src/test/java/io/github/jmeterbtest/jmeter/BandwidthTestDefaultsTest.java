package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.jmeter.config.ConfigTestElement;
import org.apache.jmeter.config.gui.SimpleConfigGui;
import org.apache.jmeter.control.GenericController;
import org.apache.jmeter.samplers.AbstractSampler;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.testelement.TestPlan;
import org.apache.jmeter.threads.TestCompiler;
import org.apache.jorphan.collections.HashTree;
import org.apache.jorphan.collections.ListedHashTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What JMeter's own compiler makes of defaults in a plan: those of the plan, those of a controller, and a sampler in
 * it.
 */
class BandwidthTestDefaultsTest {
    private final BandwidthTestDefaults far = new BandwidthTestDefaults();
    private final BandwidthTestDefaults near = new BandwidthTestDefaults();
    private AbstractSampler sampler;
    private TestCompiler compiler;

    @BeforeEach
    void newSampler() {
        FormTestJMeter.start();
        sampler = (BandwidthTestSampler) new BandwidthTestSamplerGui().createTestElement();
        // as their form leaves what nobody filled in
        BandwidthTestSampler.FIELDS.forEach(field -> near.setProperty(field.property(), ""));
    }

    private void configure() {
        if (compiler == null) {
            ListedHashTree tree = new ListedHashTree();
            HashTree plan = tree.add(new TestPlan());
            plan.add(far);
            HashTree controller = plan.add(new GenericController());
            controller.add(near);
            controller.add(sampler);
            TestCompiler.initialize();
            compiler = new TestCompiler(tree);
            tree.traverse(compiler);
        }
        compiler.configureSampler(sampler);
    }

    private String value(String property) {
        return sampler.getPropertyAsString(property);
    }

    @Test
    void everyUntouchedFieldOfANewSamplerTakesTheDefaults() {
        BandwidthTestSampler.FIELDS.forEach(field -> far.setProperty(field.property(), "far " + field.property()));
        configure();
        assertThat(BandwidthTestSampler.FIELDS)
                .allSatisfy(field -> assertThat(value(field.property())).isEqualTo("far " + field.property()));
    }

    @Test
    void theSamplersOwnValueComesFirstThenTheNearestDefaults() {
        far.setProperty(BandwidthTestSampler.SERVER, "far");
        far.setProperty(BandwidthTestSampler.PORT, "1");
        far.setProperty(BandwidthTestSampler.RANDOM_DATA, "true");
        near.setProperty(BandwidthTestSampler.SERVER, "near");
        near.setProperty(BandwidthTestSampler.PORT, "2");
        sampler.setProperty(BandwidthTestSampler.SERVER, "own");
        sampler.setProperty(BandwidthTestSampler.RANDOM_DATA, "false");
        configure();
        assertThat(value(BandwidthTestSampler.SERVER)).isEqualTo("own");
        assertThat(value(BandwidthTestSampler.PORT)).isEqualTo("2");
        assertThat(value(BandwidthTestSampler.RANDOM_DATA)).isEqualTo("false");
        assertThat(value(BandwidthTestSampler.USER)).isEmpty();
        assertThat(sampler.getName()).isEqualTo("MikroTik Bandwidth Test");
    }

    @Test
    void whatTheSamplerTookIsGoneAfterTheSample() {
        far.setProperty(BandwidthTestSampler.PORT, "1");
        configure();
        sampler.recoverRunningVersion();
        assertThat(value(BandwidthTestSampler.PORT)).isEmpty();
        far.setProperty(BandwidthTestSampler.PORT, "2");
        configure();
        assertThat(value(BandwidthTestSampler.PORT)).isEqualTo("2");
    }

    @Test
    void onlyItsOwnDefaultsApply() {
        TestElement simple = new SimpleConfigGui().createTestElement();
        assertThat(sampler.applies((ConfigTestElement) simple)).isTrue();
        assertThat(sampler.applies(far)).isTrue();
        assertThat(sampler.applies(new ConfigTestElement())).isFalse();
        assertThat(sampler.applies(new BandwidthServerConfig())).isFalse();
        assertThat(new ServerSessionSampler().applies(far)).isFalse();
    }
}

package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.field.FormField;
import org.apache.jmeter.config.Arguments;
import org.apache.jmeter.protocol.java.sampler.AbstractJavaSamplerClient;
import org.apache.jmeter.protocol.java.sampler.JavaSamplerContext;
import org.apache.jmeter.samplers.Interruptible;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.testelement.TestElement;

/**
 * A bandwidth test for JMeter's Java Request: {@link BandwidthTestSampler}, with arguments named like its properties
 * without their prefix. JMeter makes one object for each Java Request and thread.
 */
public class BandwidthTestJavaClient extends AbstractJavaSamplerClient implements Interruptible {
    private final BandwidthTestSampler sampler = new BandwidthTestSampler();

    /** {@return every argument with its default, in the order of the sampler's form} */
    @Override
    public Arguments getDefaultParameters() {
        Arguments arguments = new Arguments();
        BandwidthTestSampler.FIELDS.forEach(field -> arguments.addArgument(name(field), field.defaultValue()));
        return arguments;
    }

    /** {@return the sampler's final sample} Without the arguments, since one is the password. */
    @Override
    public SampleResult runTest(JavaSamplerContext context) {
        sampler.setThreadContext(context.getJMeterContext());
        sampler.setName(context.getParameter(TestElement.NAME, ""));
        BandwidthTestSampler.FIELDS.forEach(
                field -> sampler.setProperty(field.property(), context.getParameter(name(field), "")));
        return sampler.sample(null);
    }

    @Override
    public boolean interrupt() {
        return sampler.interrupt();
    }

    private static String name(FormField field) {
        return field.property().substring(field.property().indexOf('.') + 1);
    }
}

package io.github.jmeterbtest.jmeter;

import org.apache.jmeter.config.ConfigTestElement;

/**
 * MikroTik Bandwidth Test Defaults: gives values to the empty fields of every MikroTik Bandwidth Test in its scope. It
 * has the sampler's properties, under the same names. JMeter merges it into the sampler before each sample; of several
 * in scope the one nearest to the sampler comes first.
 */
public class BandwidthTestDefaults extends ConfigTestElement {
    private static final long serialVersionUID = 1L;
}

/** A test as JMeter sees it: samples, variables, messages, JSON, and reading them back. No Swing. */
package io.github.jmeterbtest.jmeter.sample;

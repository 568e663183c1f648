/**
 * Reads the results files that JMeter writes (JTL, CSV or XML), and judges them. Free of JMeter, so that it works where
 * there is only our jar.
 */
package io.github.jmeterbtest.results;

/**
 * The test elements and their forms, whose names stand in saved test plans: they never move. Helpers live in the
 * packages below. Only {@code jmeter..} imports JMeter.
 */
package io.github.jmeterbtest.jmeter;

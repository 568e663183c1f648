/** The report page of a run, and what it shows as JSON, made from a results file beside JMeter's own HTML report. */
package io.github.jmeterbtest.jmeter.dashboard;

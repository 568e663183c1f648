/** The throughput chart: its model, painting, table and files. The only room that knows XChart. */
package io.github.jmeterbtest.jmeter.chart;

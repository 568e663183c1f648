/** The throughput chart: its model, painting, table and files. The only package that uses XChart. */
package io.github.jmeterbtest.jmeter.chart;

package io.github.jmeterbtest.jmeter.chart;

import java.util.Map;

/**
 * A line of rates over the packet size: one result, such as NDR, of one search.
 *
 * @param name of the result and the search
 * @param run name of the run
 * @param number tells the colour
 * @param earlier whether it stands behind another one of its name, or is of an earlier run
 * @param rates bit/s by packet size in bytes; not a number where none was found
 */
record SizeCurve(String name, String run, int number, boolean earlier, Map<Integer, Double> rates) {}

package io.github.jmeterbtest.jmeter.chart;

import java.util.Map;

/**
 * A line of rates over the packet size: one result, such as NDR, of one search.
 *
 * @param name of the result and the search
 * @param run name of the run
 * @param number tells the colour
 * @param age how many newer runs there are; or, of a single run, newer searches of its name
 * @param rates bit/s by packet size in bytes; not a number where none was found
 * @param notes what the search says of a rate, such as {@code so far}, by packet size; nothing where it says nothing
 */
record SizeCurve(String name, String run, int number, int age, Map<Integer, Double> rates, Map<Integer, String> notes) {
    boolean earlier() {
        return age > 0;
    }
}

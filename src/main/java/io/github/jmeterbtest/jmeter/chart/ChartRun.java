package io.github.jmeterbtest.jmeter.chart;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One run: what came between a start and the next, or a results file.
 *
 * @param name as the user sees it, such as {@code Run 2, 14:05:31} or {@code before.jtl}
 * @param file where it comes from; empty if it was recorded live
 * @param model what it measured
 */
record ChartRun(String name, Optional<Path> file, ChartModel model) {}

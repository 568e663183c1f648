package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.ClientOptionsBuilder;
import io.github.jmeterbtest.engine.search.SearchSettings;
import io.github.jmeterbtest.jmeter.field.IntervalReporting;
import io.github.jmeterbtest.jmeter.sample.PacketSize;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the fields of a {@link ThroughputSearchSampler} ask for.
 *
 * @param options of each trial, but for its rate, size and length
 * @param sizes to search for, in this order
 * @param settings of the search for each size
 * @param pause between two trials
 * @param minRate bit/s that must be reached at the lowest accepted loss; empty for no check
 * @param csvFile gets the table; empty for none
 * @param reporting how the intervals of the trials reach listeners
 */
record SearchPlan(
        ClientOptionsBuilder options,
        List<PacketSize> sizes,
        SearchSettings settings,
        Duration pause,
        OptionalLong minRate,
        String csvFile,
        IntervalReporting reporting) {}

package io.github.jmeterbtest.jmeter.sample;

import static io.github.jmeterbtest.engine.report.IntervalReport.UNKNOWN;
import static io.github.jmeterbtest.jmeter.sample.Reports.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.IntervalReports;
import io.github.jmeterbtest.engine.report.Latency;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergedIntervalsTest {
    private static final IntervalReport FIRST = IntervalReports.of(
            4, 4 * SECOND, SECOND, 1000, 100, 10, 9, 8, 7, 6, UNKNOWN, 90, false, 30, UNKNOWN, true, false);
    private static final IntervalReport SECOND_ONE = IntervalReports.of(
            5,
            5 * SECOND,
            3 * SECOND,
            2000,
            200,
            20,
            19,
            18,
            17,
            16,
            UNKNOWN,
            190,
            false,
            UNKNOWN,
            UNKNOWN,
            false,
            false);
    private static final IntervalReport THIRD = IntervalReports.of(
            6, 8 * SECOND, SECOND, 4000, 400, 1, 1, 1, 1, 1, UNKNOWN, UNKNOWN, false, 99, 5, false, false);

    private static IntervalReport second(int index, boolean omitted) {
        return IntervalReports.of(
                index, index * SECOND, SECOND, 1, 1, 1, 1, 0, 0, 0, UNKNOWN, 1, false, 1, 1, false, omitted);
    }

    private static MergedIntervals merge(int omitted, int counted, int max) {
        return MergedIntervals.of(
                IntStream.range(0, omitted + counted)
                        .mapToObj(i -> second(i, i < omitted))
                        .toList(),
                max);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 3600, 1, 0",
        "0, 3600, 3600, 1, 3600",
        "0, 3601, 3600, 2, 1801",
        "0, 86400, 3600, 24, 3600",
        "0, 604800, 3600, 168, 3600",
        "0, 604801, 3600, 169, 3579",
        "7, 0, 2, 4, 2",
        // two could be one, were it not for the omitted one at the begin
        "1, 7, 4, 3, 4",
        "3, 3, 4, 2, 4",
        "1, 1, 2, 1, 2",
        "1, 5, 2, 5, 2",
    })
    void mergesNoMoreThanItTakes(int omitted, int counted, int max, int each, int pieces) {
        MergedIntervals merged = merge(omitted, counted, max);
        assertThat(merged.each()).isEqualTo(each);
        assertThat(merged.intervals()).hasSize(pieces);
        assertThat(merged.intervals().stream()
                        .mapToLong(IntervalReport::rxBytes)
                        .sum())
                .isEqualTo(omitted + counted);
    }

    @Test
    void ofLatenciesOnlyTheExtremesStayKnown() {
        Latency one = new Latency(5, 1, 0, 10, 20, 30, 40);
        Latency other = new Latency(7, 0, 1, 5, 6, 7, 80);
        assertThat(merged(FIRST.with(one), SECOND_ONE.with(other)))
                .isEqualTo(new Latency(12, 1, 1, 5, UNKNOWN, UNKNOWN, 80));
        assertThat(merged(FIRST.with(one), SECOND_ONE)).isEqualTo(one);
        assertThat(merged(FIRST.with(one), SECOND_ONE.with(Latency.unanswered(2))))
                .isEqualTo(one.withLost(2));
        assertThat(merged(FIRST, SECOND_ONE)).isEqualTo(Latency.NONE);
    }

    private static Latency merged(IntervalReport one, IntervalReport other) {
        return MergedIntervals.of(List.of(one, other, THIRD, THIRD), 2)
                .intervals()
                .get(0)
                .latency();
    }

    @Test
    void doesNotMergeAnOmittedOneWithOneThatCounts() {
        assertThat(merge(3, 4, 4).intervals()).extracting(IntervalReport::index).containsExactly(0, 2, 3, 5);
        assertThat(merge(3, 4, 4).intervals())
                .extracting(IntervalReport::omitted)
                .containsExactly(true, true, false, false);
        assertThat(merge(3, 4, 4).intervals())
                .extracting(IntervalReport::rxBytes)
                .containsExactly(2L, 1L, 2L, 2L);
    }

    @Test
    void fewStayAsTheyAre() {
        assertThat(MergedIntervals.of(List.of(FIRST, SECOND_ONE, THIRD), 3).intervals())
                .containsExactly(FIRST, SECOND_ONE, THIRD);
    }

    @Test
    void addsUp() {
        assertThat(MergedIntervals.of(List.of(FIRST, SECOND_ONE, THIRD), 2).intervals())
                .containsExactly(
                        IntervalReports.of(
                                4,
                                4 * SECOND,
                                4 * SECOND,
                                3000,
                                300,
                                30,
                                28,
                                26,
                                24,
                                22,
                                UNKNOWN,
                                280,
                                false,
                                30,
                                UNKNOWN,
                                true,
                                false),
                        THIRD);
    }

    @Test
    void ratesAreOverTheSummedLength() {
        IntervalReport merged = MergedIntervals.of(List.of(FIRST, SECOND_ONE, THIRD), 2)
                .intervals()
                .get(0);
        assertThat(merged.rxBitsPerSecond()).isEqualTo(3000 * 8 / 4.0);
        assertThat(merged.deliveredBitsPerSecond()).isEqualTo(280 * 8 / 4.0);
    }

    @Test
    void whatArrivedIsKnownOnlyIfItIsOfAll() {
        IntervalReport merged = MergedIntervals.of(List.of(SECOND_ONE, THIRD, FIRST), 2)
                .intervals()
                .get(0);
        assertThat(merged.remoteRxBytes()).isEqualTo(UNKNOWN);
        assertThat(merged.remoteCpu()).isEqualTo(99);
        assertThat(merged.localCpu()).isEqualTo(5);
    }

    @Test
    void whatThePeerOwesOfOneItOwesOfAll() {
        assertThat(MergedIntervals.of(List.of(SECOND_ONE, Reports.owed(6, 1, 1), FIRST), 2)
                        .intervals()
                        .get(0)
                        .deliveredBitsPerSecond())
                .isNaN();
        assertThat(MergedIntervals.of(List.of(SECOND_ONE, THIRD, FIRST), 2)
                        .intervals()
                        .get(0)
                        .deliveredBitsPerSecond())
                .isEqualTo(600 * 8 / 4.0);
    }

    @Test
    void theCpuIsTheLimitIfItIsInHalfOfThem() {
        assertThat(MergedIntervals.of(List.of(THIRD, FIRST, FIRST), 2).intervals())
                .extracting(IntervalReport::cpuLimited)
                .containsExactly(true, true);
        assertThat(MergedIntervals.of(List.of(THIRD, FIRST, SECOND_ONE, FIRST), 2)
                        .intervals())
                .extracting(IntervalReport::cpuLimited)
                .containsExactly(true, true);
        assertThat(MergedIntervals.of(List.of(THIRD, FIRST, SECOND_ONE, FIRST, FIRST, SECOND_ONE), 2)
                        .intervals())
                .extracting(IntervalReport::cpuLimited)
                .containsExactly(false, true);
    }
}

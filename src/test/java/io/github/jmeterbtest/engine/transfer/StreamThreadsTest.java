package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How streams and rate are shared by several threads. */
class StreamThreadsTest {
    @Test
    void eachThreadGetsNearlyAsManyStreams() {
        assertThat(StreamThreads.share(List.of(0, 1, 2, 3, 4), 2)).containsExactly(List.of(0, 1), List.of(2, 3, 4));
        assertThat(StreamThreads.share(List.of(0, 1, 2, 3), 4)).hasSize(4).allMatch(share -> share.size() == 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 8, 1", "20, 8, 8", "255, 1, 1", "3, 4, 3"})
    void thereAreNoMoreThreadsThanStreamsOrCores(int streams, int cores, int threads) {
        List<Integer> all = IntStream.range(0, streams).boxed().toList();
        List<List<Integer>> shares = StreamThreads.share(all, cores);
        assertThat(shares).hasSize(threads);
        assertThat(shares.stream().flatMap(List::stream).toList()).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "1000000000, 1", "2000000000, 4", "1, 1"})
    void aRateThatOneThreadCanSendIsSentByOne(long txSpeed, int threads) {
        assertThat(StreamThreads.toSend(txSpeed, 4)).isEqualTo(threads);
    }

    /** Each stream gets the same, whichever thread sends it. */
    @Test
    void aThreadsRateIsThatOfItsStreams() {
        SharedRate rate = new SharedRate(5_000_000_000L, 1500, List.of(2, 3));
        assertThat(rate.pacer(0).rate()).isEqualTo(2_000_000_000L);
        assertThat(rate.pacer(1).rate()).isEqualTo(3_000_000_000L);
        rate.set(1_000_000);
        assertThat(rate.pacer(0).rate()).isEqualTo(400_000);
        assertThat(rate.pacer(1).rate()).isEqualTo(600_000);
    }

    @Test
    void withoutACapNoThreadHasOne() {
        SharedRate rate = new SharedRate(0, 1500, List.of(1, 1));
        assertThat(rate.pacer(0).rate()).isZero();
        assertThat(rate.pacer(1).rate()).isZero();
    }

    /** 0 would be no cap at all. */
    @Test
    void theSmallestRateIsOne() {
        assertThat(new SharedRate(1, 1500, List.of(1, 250)).pacer(0).rate()).isEqualTo(1);
    }
}

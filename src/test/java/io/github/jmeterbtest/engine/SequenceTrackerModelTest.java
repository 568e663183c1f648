package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The window of bits against a model that forgets nothing and knows no wrap. */
class SequenceTrackerModelTest {

    /** Counts with 64-bit numbers and a set. */
    private static final class Model {
        private final Set<Long> seen = new HashSet<>();
        private long first;
        private long newest;
        private int stragglers;
        long lost;
        long reordered;
        long duplicates;

        void accept(long number) {
            if (seen.isEmpty() || number - newest > SequenceTracker.LONGEST_GAP) {
                restart(number);
            } else if (number > newest) {
                lost += number - newest - 1;
                newest = number;
                seen.add(number);
                stragglers = 0;
            } else if (number < first || newest - number >= SequenceTracker.WINDOW) {
                if (++stragglers > SequenceTracker.STRAGGLERS) {
                    restart(number);
                } else {
                    reordered++;
                }
            } else if (!seen.add(number)) {
                duplicates++;
                stragglers = 0;
            } else {
                reordered++;
                lost--;
                stragglers = 0;
            }
        }

        private void restart(long number) {
            seen.clear();
            seen.add(number);
            first = number;
            newest = number;
            stragglers = 0;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theTrackerCountsAsTheModelDoes(long seed) {
        Random random = new Random(seed);
        // half of the runs wrap
        long start = random.nextBoolean() ? 0xFFFF_FFFFL - random.nextInt(5000) : random.nextLong() & 0xFFFF_FFFFL;
        Counter lost = new Counter();
        Counter reordered = new Counter();
        Counter duplicates = new Counter();
        SequenceTracker tracker = new SequenceTracker(lost, reordered, duplicates);
        Model model = new Model();
        for (long number : badLink(random, start)) {
            tracker.accept((int) number);
            model.accept(number);
            assertThat(new long[] {lost.get(), reordered.get(), duplicates.get()}).as("after %d", number)
                    .containsExactly(model.lost, model.reordered, model.duplicates);
        }
        assertThat(model.lost).isPositive();
        assertThat(model.reordered).isPositive();
        assertThat(model.duplicates).isPositive();
    }

    /** Loses, doubles and delays, now and then for longer than the window, and sometimes has the sender start again. */
    private static List<Long> badLink(Random random, long start) {
        List<Long> arrivals = new ArrayList<>();
        long number = start;
        for (int i = 0; i < 20_000; i++) {
            number += switch (random.nextInt(2000)) {
                case 0 -> random.nextInt(3 * SequenceTracker.WINDOW);
                case 1 -> random.nextInt(2 * SequenceTracker.LONGEST_GAP);
                case 2 -> -random.nextInt(20_000);
                default -> 1;
            };
            if (random.nextInt(10) == 0) {
                continue;
            }
            int spread = random.nextInt(500) == 0 ? 6000 : 50;
            int copies = random.nextInt(20) == 0 ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                int delay = random.nextInt(5) == 0 ? random.nextInt(spread) : 0;
                arrivals.add(Math.max(0, arrivals.size() - delay), number);
            }
        }
        return arrivals;
    }
}

package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.Counter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The window of bits against a model that forgets nothing and knows no wrap. */
@Execution(ExecutionMode.CONCURRENT)
class SequenceTrackerModelTest {

    /** Counts with 64-bit numbers and sets. */
    private static final class Model {
        private final Set<Long> seen = new HashSet<>();
        private long first;
        private long newest;
        /** Numbers in a row that do not fit. */
        private final List<Long> others = new ArrayList<>();

        private final Set<Long> differentOthers = new HashSet<>();
        private long newestOther;
        long lost;
        long reordered;
        long duplicates;
        long restarts;

        void accept(long number) {
            boolean fits = seen.isEmpty()
                    || (number - newest <= SequenceTracker.MAX_GAP && newest - number < SequenceWindow.WINDOW);
            if (fits) {
                wereStragglers();
                count(number);
                return;
            }
            if (number - newestOther > SequenceWindow.WINDOW || newestOther - number >= SequenceWindow.WINDOW) {
                wereStragglers();
            }
            newestOther = others.isEmpty() ? number : Math.max(newestOther, number);
            others.add(number);
            differentOthers.add(number);
            if (differentOthers.size() >= SequenceTracker.PROOF) {
                seen.clear();
                others.forEach(this::count);
                forgetOthers();
                restarts++;
            }
        }

        private void count(long number) {
            if (seen.isEmpty()) {
                first = number;
            } else if (number > newest) {
                lost += number - newest - 1;
            } else if (seen.contains(number)) {
                duplicates++;
            } else {
                reordered++;
                lost -= number > first ? 1 : 0;
            }
            newest = seen.isEmpty() ? number : Math.max(newest, number);
            seen.add(number);
        }

        private void wereStragglers() {
            reordered += differentOthers.size();
            duplicates += others.size() - differentOthers.size();
            forgetOthers();
        }

        private void forgetOthers() {
            others.clear();
            differentOthers.clear();
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
            String told = "lost %d, reordered %d, duplicates %d";
            if (lost.get() != model.lost
                    || reordered.get() != model.reordered
                    || duplicates.get() != model.duplicates) {
                assertThat(told.formatted(lost.get(), reordered.get(), duplicates.get()))
                        .as("after %d", number)
                        .isEqualTo(told.formatted(model.lost, model.reordered, model.duplicates));
            }
        }
        assertThat(model.lost).isPositive();
        assertThat(model.reordered).isPositive();
        assertThat(model.duplicates).isPositive();
        assertThat(model.restarts).isPositive();
    }

    /**
     * Loses, doubles and reorders, at first now and then beyond the window, with a sender that jumps; then the sender
     * starts again, and for long enough nothing worse happens than on a bad link.
     */
    private static List<Long> badLink(Random random, long start) {
        List<Long> arrivals = new ArrayList<>();
        long number = start;
        for (int i = 0; i < 20_000; i++) {
            boolean wild = i < 12_000;
            number += switch (i == 12_000 ? 2 : wild ? random.nextInt(2000) : 3) {
                case 0 -> random.nextInt(3 * SequenceWindow.WINDOW);
                case 1 -> random.nextInt(2 * SequenceTracker.MAX_GAP);
                case 2 -> -20_000 - random.nextInt(40_000);
                default -> 1;
            };
            if (random.nextInt(10) == 0) {
                continue;
            }
            int spread = wild && random.nextInt(500) == 0 ? 6000 : 50;
            int copies = random.nextInt(20) == 0 ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                int delay = random.nextInt(5) == 0 ? random.nextInt(spread) : 0;
                arrivals.add(Math.max(0, arrivals.size() - delay), number);
            }
        }
        return arrivals;
    }
}

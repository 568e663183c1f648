package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadBudgetTest {
    private final ThreadBudget budget = new ThreadBudget(3);

    @Test
    void givesAllOrNone() {
        assertThat(budget.takeAll(2)).isTrue();
        assertThat(budget.takeAll(2)).isFalse();
        assertThat(budget.takeAll(1)).isTrue();
    }

    @Test
    void givesSomeOfWhatIsLeft() {
        assertThat(budget.takeSome(2)).isEqualTo(2);
        assertThat(budget.takeSome(2)).isEqualTo(1);
        assertThat(budget.takeSome(2)).isZero();
    }

    @Test
    void whatIsReleasedCanBeTakenAgain() {
        budget.takeAll(3);
        budget.release();
        assertThat(budget.takeAll(2)).isFalse();
        budget.release(2);
        assertThat(budget.takeAll(3)).isTrue();
    }
}

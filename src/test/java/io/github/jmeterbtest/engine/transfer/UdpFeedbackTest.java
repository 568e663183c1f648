package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpFeedbackTest {

    private static final long SECOND = 1_000_000_000;

    private final long begin = -3 * SECOND;
    private long sent;

    private final UdpFeedback feedback = new UdpFeedback(0, 1500, () -> sent, List.of(1));

    @BeforeEach
    void beginASecondBeforeTheFirstStatus() {
        feedback.start(begin - SECOND);
    }

    /** A peer that says its first status at once has received nothing yet. */
    @Test
    void aZeroThatComesTooEarlyIsPassedOver() {
        feedback.start(begin);
        feedback.peerReceived(0, begin + SECOND / 1000);
        assertThat(rate()).as("less than 4 GiB in a second").isEqualTo(30_000_000_000L);
        feedback.peerReceived(10_000_000, begin + SECOND);
        assertThat(rate()).isEqualTo(120_000_000);
    }

    @Test
    void withoutACapTheSenderStartsAsFastAsItCan() {
        assertThat(rate()).as("less than 4 GiB in a second").isEqualTo(30_000_000_000L);
    }

    @Test
    void fromTheFirstStatusOnItSendsHalfAsMuchAgainAsThePeerReceived() {
        feedback.peerReceived(10_000_000, begin);
        assertThat(rate()).isEqualTo(120_000_000);
        feedback.peerReceived(20_000_000, begin + SECOND);
        assertThat(rate()).isEqualTo(240_000_000);
        feedback.peerReceived(5_000_000, begin + 2 * SECOND);
        assertThat(rate()).isEqualTo(60_000_000);
    }

    /** A tenth of the first second: what one millisecond more of it carries can be too much for a slow link. */
    @Test
    void whileTheFirstStatusIsAwaitedLittleIsSent() {
        sent = 250_000_000;
        feedback.firstStatusIsDue();
        assertThat(rate()).isEqualTo(200_000_000);
        feedback.peerReceived(10_000_000, begin);
        assertThat(rate()).isEqualTo(120_000_000);
        feedback.firstStatusIsDue();
        assertThat(rate()).as("only the first").isEqualTo(120_000_000);
    }

    @Test
    void aStatusThatCameLateTellsOfALongerTime() {
        feedback.peerReceived(10_000_000, begin);
        feedback.peerReceived(20_000_000, begin + 2 * SECOND);
        assertThat(rate()).isEqualTo(120_000_000);
    }

    /** Two statuses that a full buffer held back come together; the second tells of a second all the same. */
    @Test
    void twoStatusesAtOnceDoNotMakeAFlood() {
        feedback.peerReceived(10_000_000, begin);
        feedback.peerReceived(10_000_000, begin + 1);
        assertThat(rate()).isLessThanOrEqualTo(2 * 120_000_000);
    }

    @Test
    void aPeerThatHearsNothingHalvesTheRateDownToOneThatFindsTheLinkAgain() {
        feedback.peerReceived(125_000_000, begin);
        sent = 100_000_000;
        feedback.peerReceived(0, begin + SECOND);
        long before = rate();
        for (int i = 2; i < 60; i++) {
            sent += rate() / 8;
            feedback.peerReceived(0, begin + i * SECOND);
            assertThat(rate()).isLessThanOrEqualTo(before);
            before = rate();
        }
        assertThat(rate()).isBetween(1L, 1_000_000L);
        feedback.peerReceived(rate() / 8, begin + 60 * SECOND);
        assertThat(rate()).isGreaterThan(before);
    }

    @Test
    void aSenderThatIsTakenInFullClimbs() {
        feedback.peerReceived(1_000_000, begin);
        for (int i = 1; i <= 10; i++) {
            feedback.peerReceived(rate() / 8, begin + i * SECOND);
        }
        assertThat(rate()).isGreaterThan(50 * 8_000_000L);
    }

    @Test
    void aZeroTellsOfALinkThatIsDown() {
        feedback.peerReceived(125_000_000, begin);
        sent = 100_000_000;
        feedback.peerReceived(0, begin + SECOND / 2 - 1);
        assertThat(rate()).as("too early to tell").isEqualTo(1_500_000_000);
        feedback.peerReceived(0, begin + 2 * SECOND);
        assertThat(rate()).as("half of what was sent").isEqualTo(200_000_000);
        sent = 150_000_000;
        feedback.peerReceived(0, begin + 2 * SECOND + SECOND / 2);
        assertThat(rate()).isEqualTo(400_000_000);
    }

    /** Such as blast. */
    @Test
    void aPeerThatSendsNoStatusesIsFollowedByItsAcknowledgements() {
        sent = 1_000_000;
        feedback.firstStatusIsDue();
        feedback.quietSecond(true);
        assertThat(rate()).as("nothing is known of the first second").isEqualTo(800_000);
        feedback.firstStatusIsDue();
        sent = 1_100_000;
        feedback.quietSecond(true);
        assertThat(rate()).isEqualTo(1_600_000);
        sent = 1_300_000;
        feedback.quietSecond(false);
        assertThat(rate()).isEqualTo(800_000);
        feedback.quietSecond(false);
        assertThat(rate()).as("the lowest").isEqualTo(120_000);
    }

    @Test
    void aPeerThatHasReportedIsNotQuiet() {
        sent = 1_000_000;
        feedback.quietSecond(true);
        feedback.peerReceived(10_000_000, begin);
        sent = 2_000_000;
        feedback.quietSecond(true);
        assertThat(rate()).isEqualTo(120_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 300, 100_000_000, 4_294_967_295L})
    void aCapIsHeldWhateverThePeerSays(long cap) {
        UdpFeedback capped = new UdpFeedback(cap, 1500, () -> sent, List.of(1));
        assertThat(capped.pacer(0).rate()).isEqualTo(cap);
        sent = 1_000_000;
        capped.firstStatusIsDue();
        capped.quietSecond(true);
        capped.quietSecond(false);
        assertThat(capped.pacer(0).rate()).isEqualTo(cap);
        capped.peerReceived(0, begin);
        assertThat(capped.pacer(0).rate()).isEqualTo(cap);
        capped.peerReceived(1_000_000_000, begin + SECOND);
        assertThat(capped.pacer(0).rate()).isEqualTo(cap);
    }

    private long rate() {
        return feedback.pacer(0).rate();
    }
}

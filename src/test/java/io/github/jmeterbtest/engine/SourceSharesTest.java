package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceSharesTest {
    private static final Source ONE = source("192.0.2.1");
    private static final Source TWO = source("192.0.2.2");
    private static final Source THREE = source("192.0.2.3");

    private final Map<String, Long> idle = new HashMap<>();

    private SourceShares<String> shares(int places) {
        return SourceShares.ofLasting(places, holder -> idle.getOrDefault(holder, 0L));
    }

    private static Source source(String address) {
        try {
            return Source.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertEvicted(SourceShares.Admission<String> admission, String evicted) {
        assertThat(admission).isEqualTo(new SourceShares.Admission<>(true, Optional.of(evicted)));
    }

    private static void assertIn(SourceShares.Admission<String> admission) {
        assertThat(admission).isEqualTo(new SourceShares.Admission<>(true, Optional.empty()));
    }

    private static void assertRefused(SourceShares.Admission<String> admission) {
        assertThat(admission).isEqualTo(new SourceShares.Admission<>(false, Optional.empty()));
    }

    @Test
    void oneSourceMayHoldAllPlacesAndNoMore() {
        SourceShares<String> shares = shares(2);
        assertIn(shares.take(ONE, "a"));
        assertThat(shares.wouldAdmit(ONE)).isTrue();
        assertIn(shares.take(ONE, "b"));
        assertThat(shares.wouldAdmit(ONE)).isFalse();
        assertRefused(shares.take(ONE, "c"));
        shares.release(ONE, "a");
        assertIn(shares.take(ONE, "c"));
        assertThat(shares.held(ONE)).isEqualTo(2);
    }

    @Test
    void whoHoldsMostGivesItsOldestPlaceToWhoHasLess() {
        SourceShares<String> shares = shares(4);
        assertIn(shares.take(TWO, "x"));
        assertIn(shares.take(ONE, "a"));
        assertIn(shares.take(ONE, "b"));
        assertIn(shares.take(ONE, "c"));
        assertThat(shares.wouldAdmit(THREE)).isTrue();
        assertEvicted(shares.take(THREE, "new"), "a");
        assertThat(shares.held(ONE)).isEqualTo(2);
        assertThat(shares.held(THREE)).isEqualTo(1);
    }

    @Test
    void theMostIdlePlaceGoesFirst() {
        SourceShares<String> shares = shares(3);
        shares.take(ONE, "a");
        shares.take(ONE, "b");
        shares.take(ONE, "c");
        idle.putAll(Map.of("a", 3L, "b", 7L, "c", 7L));
        assertEvicted(shares.take(TWO, "new"), "b");
    }

    /** Otherwise two sources would take turns to evict each other. */
    @Test
    void placesDoNotGoToAndFro() {
        SourceShares<String> shares = shares(3);
        shares.take(ONE, "a");
        shares.take(ONE, "b");
        shares.take(TWO, "x");
        assertRefused(shares.take(TWO, "y"));
        assertRefused(shares.take(ONE, "c"));
        assertEvicted(shares.take(THREE, "new"), "a");
        assertRefused(shares.take(source("192.0.2.4"), "too many sources"));
    }

    @Test
    void whatShouldBeOverSoonIsReplacedByTheNextOfTheSameSource() {
        SourceShares<String> shares = SourceShares.ofBrief(2);
        shares.take(ONE, "a");
        shares.take(ONE, "b");
        assertEvicted(shares.take(ONE, "c"), "a");
        assertEvicted(shares.take(TWO, "x"), "b");
        assertEvicted(shares.take(ONE, "d"), "c");
        assertRefused(shares.take(THREE, "nothing to replace"));
    }

    /** Such as descriptors: one test may have many. */
    @Test
    void whoHoldsMostOfSomethingElseMakesRoomToo() {
        SourceShares<String> shares = shares(10);
        shares.take(ONE, "a");
        shares.take(TWO, "big");
        shares.take(ONE, "b");
        shares.take(ONE, "c");
        assertThat(shares.makeRoom(THREE, holder -> holder.length())).contains("a");
        assertThat(shares.makeRoom(THREE, holder -> holder.length())).contains("big");
        assertThat(shares.makeRoom(ONE, holder -> holder.length())).isEmpty();
        assertThat(shares.held(TWO)).isZero();
        assertThat(shares.held(ONE)).isEqualTo(2);
    }

    @Test
    void aPlaceThatWasLostIsNotGivenBackTwice() {
        SourceShares<String> shares = shares(2);
        shares.take(ONE, "a");
        shares.take(ONE, "b");
        shares.take(TWO, "x");
        shares.release(ONE, "a");
        shares.release(ONE, "never had one");
        assertThat(shares.held(ONE)).isEqualTo(1);
        assertRefused(shares.take(ONE, "c"));
    }

    @Test
    void aNewcomerWithNothingAlwaysGetsInWhileSomebodyHoldsSeveral() {
        Random random = new Random(14);
        SourceShares<String> shares = shares(50);
        for (int i = 0; i < 5_000; i++) {
            Source source = source("192.0.2." + random.nextInt(20));
            shares.take(source, "" + i);
            Source honest = source("198.51.100.1");
            assertThat(shares.take(honest, "honest").admitted()).isTrue();
            shares.release(honest, "honest");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:1::1, 2001:db8:0:1:ffff::2, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "192.0.2.1, 192.0.2.2, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "fe80::1%1, fe80::1, true"
    })
    void oneSourceIsAnIpv4AddressOrAnIpv6Network(String one, String other, boolean same) {
        assertThat(source(one).equals(source(other))).isEqualTo(same);
    }

    @Test
    void aSourceIsShownAsWhatItIs() {
        assertThat(source("192.0.2.1")).hasToString("192.0.2.1");
        assertThat(source("2001:db8::5").toString()).endsWith("/64").doesNotContain("5");
    }
}

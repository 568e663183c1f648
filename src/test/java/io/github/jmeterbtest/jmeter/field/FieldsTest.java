package io.github.jmeterbtest.jmeter.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.jmeter.BandwidthAssertion;
import io.github.jmeterbtest.jmeter.BandwidthServerConfig;
import io.github.jmeterbtest.jmeter.BandwidthTestSampler;
import io.github.jmeterbtest.jmeter.ServerSessionSampler;
import io.github.jmeterbtest.protocol.Direction;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jmeter.testelement.AbstractTestElement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private final BandwidthTestSampler sampler = new BandwidthTestSampler();
    private final Fields fields = new Fields(sampler, BandwidthTestSampler.FIELDS);

    static Stream<Arguments> elements() {
        return Stream.of(
                Arguments.of(new BandwidthTestSampler(), BandwidthTestSampler.FIELDS, "BandwidthTest."),
                Arguments.of(new BandwidthServerConfig(), BandwidthServerConfig.FIELDS, "BandwidthServer."),
                Arguments.of(new ServerSessionSampler(), ServerSessionSampler.FIELDS, "ServerSession."),
                Arguments.of(new BandwidthAssertion(), BandwidthAssertion.FIELDS, "BandwidthAssertion."));
    }

    @ParameterizedTest
    @MethodSource("elements")
    void everyPropertyHasOneField(AbstractTestElement element, List<FormField> fields, String prefix) {
        List<String> properties = Arrays.stream(element.getClass().getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()) && field.getType() == String.class)
                .map(FieldsTest::value)
                .filter(value -> value.startsWith(prefix))
                .toList();
        assertThat(fields)
                .extracting(FormField::property)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(properties);
        assertThat(fields)
                .filteredOn(field -> field.kind() == FormField.Kind.CHOICE)
                .allSatisfy(field -> assertThat(field.choices()).contains(field.defaultValue()));
    }

    @ParameterizedTest
    @MethodSource("elements")
    void aCloneKeepsEveryProperty(AbstractTestElement element, List<FormField> fields, String prefix) {
        fields.forEach(field -> element.setProperty(field.property(), "value of " + field.property()));
        AbstractTestElement clone = (AbstractTestElement) element.clone();
        assertThat(fields)
                .allSatisfy(field -> assertThat(clone.getPropertyAsString(field.property()))
                        .isEqualTo("value of " + field.property()));
    }

    @Test
    void anEmptyFieldIsItsDefault() throws BtestException {
        sampler.setProperty(BandwidthTestSampler.PORT, " ");
        assertThat(fields.whole(BandwidthTestSampler.PORT)).isEqualTo(2000);
        assertThat(fields.choice(BandwidthTestSampler.DIRECTION, Direction.values(), Direction::word))
                .isEqualTo(Direction.RECEIVE);
        assertThat(fields.speed(BandwidthTestSampler.LOCAL_TX_SPEED)).isZero();
        assertThat(fields.yesNo(BandwidthTestSampler.NAT)).isFalse();
    }

    @Test
    void readsWhatItIsGiven() throws BtestException {
        sampler.setProperty(BandwidthTestSampler.DURATION, " 2.5 ");
        sampler.setProperty(BandwidthTestSampler.CONNECT_TIMEOUT, "250");
        sampler.setProperty(BandwidthTestSampler.LOCAL_TX_SPEED, "1.5M");
        sampler.setProperty(BandwidthTestSampler.DIRECTION, "Both");
        sampler.setProperty(BandwidthTestSampler.RANDOM_DATA, "TRUE");
        sampler.setProperty(BandwidthTestSampler.PASSWORD, " a${b} ");
        assertThat(fields.seconds(BandwidthTestSampler.DURATION)).isEqualTo(Duration.ofMillis(2500));
        assertThat(fields.millis(BandwidthTestSampler.CONNECT_TIMEOUT)).isEqualTo(Duration.ofMillis(250));
        assertThat(fields.speed(BandwidthTestSampler.LOCAL_TX_SPEED)).isEqualTo(1_500_000);
        assertThat(fields.choice(BandwidthTestSampler.DIRECTION, Direction.values(), Direction::word))
                .isEqualTo(Direction.BOTH);
        assertThat(fields.yesNo(BandwidthTestSampler.RANDOM_DATA)).isTrue();
        assertThat(fields.secret(BandwidthTestSampler.PASSWORD)).isEqualTo(" a${b} ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e3", "-1", "5 x", "1,5", "s", "1:30", "00:99:00", "1s1m", "NaN", "0x10", "99999999999999999999"
            })
    void anythingElseThanAPlainNumberIsAnErrorThatNamesTheField(String text) {
        sampler.setProperty(BandwidthTestSampler.DURATION, text);
        sampler.setProperty(BandwidthTestSampler.CONNECT_TIMEOUT, text);
        assertInvalid(
                () -> fields.seconds(BandwidthTestSampler.DURATION),
                Messages.text(BandwidthTestSampler.DURATION),
                text,
                "seconds");
        assertInvalid(
                () -> fields.millis(BandwidthTestSampler.CONNECT_TIMEOUT),
                Messages.text(BandwidthTestSampler.CONNECT_TIMEOUT),
                text,
                "milliseconds");
    }

    @ParameterizedTest
    @CsvSource({
        "10s, 10000",
        "10 s, 10000",
        "1m30s, 90000",
        "1m, 60000",
        "500ms, 500",
        "2.5s, 2500",
        "1h1ms, 3600001",
        "1d2h, 93600000",
        "1w, 604800000",
        "00:00:10, 10000",
        "1:02:03.5, 3723500"
    })
    void takesTimesAsRouterOsWritesThem(String text, long millis) throws BtestException {
        sampler.setProperty(BandwidthTestSampler.DURATION, text);
        sampler.setProperty(BandwidthTestSampler.CONNECT_TIMEOUT, text);
        assertThat(fields.seconds(BandwidthTestSampler.DURATION)).isEqualTo(Duration.ofMillis(millis));
        assertThat(fields.millis(BandwidthTestSampler.CONNECT_TIMEOUT)).isEqualTo(Duration.ofMillis(millis));
        assertThat(FieldCheck.seconds(Duration.ZERO, Duration.ofDays(7)).problem(text))
                .isEmpty();
        assertThat(FieldCheck.millis(Duration.ZERO, Duration.ofDays(7)).problem(text))
                .isEmpty();
    }

    @Test
    void takesRouterOsWordsForYesNoAndUnlimited() throws BtestException {
        sampler.setProperty(BandwidthTestSampler.NAT, "Yes");
        sampler.setProperty(BandwidthTestSampler.RANDOM_DATA, "no");
        sampler.setProperty(BandwidthTestSampler.LOCAL_TX_SPEED, "Unlimited");
        assertThat(fields.yesNo(BandwidthTestSampler.NAT)).isTrue();
        assertThat(fields.yesNo(BandwidthTestSampler.RANDOM_DATA)).isFalse();
        assertThat(fields.speed(BandwidthTestSampler.LOCAL_TX_SPEED)).isZero();
        assertThat(FieldCheck.oneOf(List.of("true", "false")).problem("YES")).isEmpty();
        assertThat(FieldCheck.oneOf(List.of("tcp", "udp")).problem("yes")).isPresent();
        assertThat(FieldCheck.speed(100).problem("unlimited")).isEmpty();
        assertThat(FieldCheck.rate(100).problem("unlimited"))
                .as("no minimum is unlimited")
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:2000, field Port",
        "router.example:2000, field Port",
        "'[2001:db8::1]:2000', field Port",
        "192.0.2.0/24, one host",
        "http://router, not a URL",
        "router\u200B.example, U+200B",
        "'two words', U+0020",
        "[127.0.0.1], without brackets",
        "127.0.0.256, 0 to 255",
        "1.2.3.4.5, four numbers"
    })
    void saysWhatDoesNotBelongIntoAServersName(String text, String remedy) {
        sampler.setProperty(BandwidthTestSampler.SERVER, text);
        assertInvalid(() -> fields.host(BandwidthTestSampler.SERVER), "Server", remedy);
        assertThat(FieldCheck.HOST.problem(text))
                .hasValueSatisfying(problem -> assertThat(problem).contains(remedy));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "2001:db8::1",
                "fe80::1%eth0",
                "router",
                "zürich.example",
                "[2001:db8::1]",
                "10.example",
                "127.1"
            })
    void anythingElseMayBeAServer(String text) throws BtestException {
        sampler.setProperty(BandwidthTestSampler.SERVER, text);
        assertThat(fields.host(BandwidthTestSampler.SERVER)).isEqualTo(text);
    }

    /** Whatever the field holds: a number, a time, a rate or a word. */
    @Test
    void saysWhichInvisibleCharacterIsInAWrongValue() {
        sampler.setProperty(BandwidthTestSampler.PORT, "2000\u00A0");
        assertInvalid(() -> fields.whole(BandwidthTestSampler.PORT), "Port", "U+00A0");
        sampler.setProperty(BandwidthTestSampler.DURATION, "10\u200B");
        assertInvalid(() -> fields.seconds(BandwidthTestSampler.DURATION), "Duration", "U+200B");
        sampler.setProperty(BandwidthTestSampler.LOCAL_TX_SPEED, "100\u00A0M");
        assertInvalid(() -> fields.speed(BandwidthTestSampler.LOCAL_TX_SPEED), "Local TX speed", "U+00A0");
        sampler.setProperty(BandwidthTestSampler.NAT, "\uFEFFtrue");
        assertInvalid(() -> fields.yesNo(BandwidthTestSampler.NAT), "Behind a NAT", "U+FEFF");
        assertThat(FieldCheck.wholeNumber(1, 9).naming().problem("1\u00A0"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("U+00A0"));
        assertThat(FieldCheck.wholeNumber(1, 9).naming().problem("1 0"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("from 1 to 9"));
    }

    @Test
    void errorsSayWhatWouldBeRight() {
        sampler.setProperty(BandwidthTestSampler.PORT, "2000.0");
        assertInvalid(() -> fields.whole(BandwidthTestSampler.PORT), "Port", "\"2000.0\"", "whole number");
        sampler.setProperty(BandwidthTestSampler.DIRECTION, "up");
        assertInvalid(
                () -> fields.choice(BandwidthTestSampler.DIRECTION, Direction.values(), Direction::word),
                "Direction",
                "\"up\"",
                "receive, transmit, both");
        sampler.setProperty(BandwidthTestSampler.NAT, "on");
        assertInvalid(() -> fields.yesNo(BandwidthTestSampler.NAT), "\"on\"", "true or false");
        sampler.setProperty(BandwidthTestSampler.REMOTE_TX_SPEED, "fast");
        assertInvalid(() -> fields.speed(BandwidthTestSampler.REMOTE_TX_SPEED), "Remote TX speed", "\"fast\"", "100M");
    }

    @ParameterizedTest
    @CsvSource({
        "BandwidthTest.port, Port, 1 to 65535", "BandwidthTest.connectionCount, Connections, 1 to 255",
        "BandwidthTest.localUdpTxSize, Local TX size, 28 to 64000",
                "BandwidthTest.remoteUdpTxSize, Remote TX size, 28 to 64000",
        "BandwidthServer.port, Port, 0 to 65535", "BandwidthServer.udpPortsFrom, UDP ports from, 1 to 65279",
        "BandwidthServer.maxSessions, Maximum sessions, 1 to 10000",
    })
    void aWholeNumberBeyondAnyRangeIsToldTheRange(String property, String label, String range) {
        Fields any = new Fields(
                sampler,
                Stream.concat(BandwidthTestSampler.FIELDS.stream(), BandwidthServerConfig.FIELDS.stream())
                        .toList());
        for (String text : List.of("99999999999", "-99999999999", "99999999999999999999")) {
            sampler.setProperty(property, text);
            assertInvalid(() -> any.whole(property), label, "is \"" + text + "\": out of range", range);
        }
    }

    @Test
    void anUnresolvedVariableIsNamed() {
        sampler.setProperty(BandwidthTestSampler.SERVER, "router-${hots}.example");
        assertInvalid(() -> fields.text(BandwidthTestSampler.SERVER), "Server", "${hots}", "define the variable");
        sampler.setProperty(BandwidthTestSampler.PASSWORD, "${pasword}");
        assertInvalid(() -> fields.secret(BandwidthTestSampler.PASSWORD), "Password", "${pasword}");
    }

    private static void assertInvalid(ThrowingCallable read, String... parts) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        BtestException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_OPTION))
                .hasMessageContainingAll(parts);
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}

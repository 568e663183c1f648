package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that send what the protocol does not allow. */
@Execution(ExecutionMode.CONCURRENT)
class EcSrp5HostileTest {

    private static final Credentials ADMIN = new Credentials("admin", "secret");
    private static final byte[] NAME = ADMIN.userBytes();
    private static final byte[] SALT = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random = new SecureRandom();
    private final EcSrp5Verifiers verifiers = new EcSrp5Verifiers(ADMIN, EcSrp5Verifiers.newSecret(random), false);

    static Stream<Vectors> refusedKeys() {
        return Vectors.section("ecsrp5_refuse_keys");
    }

    static Stream<Vectors> malformedKeys() {
        return refusedKeys().filter(vector -> !vector.text("why").startsWith("small order"));
    }

    static Stream<CurvePoint> smallOrder() {
        return Curve.TORSION.stream();
    }

    @ParameterizedTest
    @MethodSource("refusedKeys")
    void serverRefusesHostileKeys(Vectors vector) {
        assertThatThrownBy(() -> server().challenge(Frames.message1(NAME, vector.bytes("key"))))
                .isInstanceOf(AuthException.class)
                .hasMessageStartingWith("the client's EC-SRP5 key");
    }

    @ParameterizedTest
    @MethodSource("malformedKeys")
    void clientRefusesMalformedKeys(Vectors vector) throws Exception {
        EcSrp5Client client = startedClient();
        assertThatThrownBy(() -> client.proof(Bytes.concat(vector.bytes("key"), SALT)))
                .isInstanceOf(AuthException.class)
                .hasMessageStartingWith("the server's EC-SRP5 key");
    }

    /** z would be one of a few known values, whatever the client's secret, were this not refused. */
    @ParameterizedTest
    @MethodSource("smallOrder")
    void clientRefusesAKeyThatIsNothingButTheBlind(CurvePoint small) throws Exception {
        CurvePoint gamma = Curve.G.times(EcSrp5.validator(ADMIN, SALT));
        byte[] key = Curve.redp1(gamma, 0).plus(small).encode();
        EcSrp5Client client = startedClient();
        assertThatThrownBy(() -> client.proof(Bytes.concat(key, SALT)))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("small order");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 33, 34, 38, 40, 255})
    void serverRefusesAMessage1OfAnotherLength(int length) {
        byte[] honest = Frames.message1(NAME, Curve.G.encode());
        assertThat(honest).hasSize(39);
        byte[] message1 = Arrays.copyOf(honest, length);
        assertThatThrownBy(() -> server().challenge(message1))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("message 1");
    }

    @Test
    void serverRefusesAMessage1WithoutZeroByte() {
        byte[] message1 = new byte[60];
        Arrays.fill(message1, (byte) 1);
        assertThatThrownBy(() -> server().challenge(message1))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("message 1");
    }

    @Test
    void serverTakesANameThatIsNotUtf8ForAnUnknownOne() throws Exception {
        EcSrp5Server server = server();
        assertThat(server.challenge(Frames.message1(new byte[] {(byte) 0xff}, Curve.G.encode())))
                .hasSize(50);
        assertThat(server.user()).isEqualTo("\ufffd");
        assertThatThrownBy(() -> server.verify(new byte[32])).isInstanceOf(AuthException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void proofsOfAnotherLengthAreRefused(int length) throws Exception {
        EcSrp5Server server = server();
        EcSrp5Client client = new EcSrp5Client(ADMIN, random);
        byte[] message2 = Frames.payload(server.challenge(Frames.payload(client.start())));
        client.proof(message2);
        assertThatThrownBy(() -> server.verify(new byte[length]))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("message 3");
        assertThatThrownBy(() -> client.verify(new byte[length]))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("message 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 33, 48, 50})
    void clientRefusesAMessage2OfAnotherLength(int length) throws Exception {
        EcSrp5Client client = startedClient();
        assertThatThrownBy(() -> client.proof(new byte[length]))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("message 2");
    }

    /** A client key may lie outside the prime subgroup; the proof is then just a wrong or a right one. */
    @Test
    void serverJudgesKeysOutsideTheSubgroupByTheirProof() throws Exception {
        CurvePoint key = Curve.G.times(BigInteger.TEN).plus(Curve.TORSION.get(1));
        EcSrp5Server server = server();
        server.challenge(Frames.message1(NAME, key.encode()));
        assertThatThrownBy(() -> server.verify(new byte[32]))
                .isInstanceOf(AuthException.class)
                .hasMessage("wrong user name or password");
    }

    @Test
    void aNameWithAZeroCharacterIsNotSent() {
        assertThatThrownBy(() -> new EcSrp5Client(new Credentials("a\0b", "secret"), random).start())
                .isInstanceOf(AuthException.class)
                .hasMessageNotContaining("secret");
    }

    private EcSrp5Server server() {
        return new EcSrp5Server(verifiers, random);
    }

    private EcSrp5Client startedClient() throws AuthException {
        EcSrp5Client client = new EcSrp5Client(ADMIN, random);
        client.start();
        return client;
    }
}

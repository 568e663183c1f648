package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors, field by field, and in both roles message by message. */
@Execution(ExecutionMode.CONCURRENT)
class EcSrp5VectorsTest {

    private static final String TOO_LONG = "222 bytes";

    static Stream<Vectors> all() {
        return Vectors.section("ecsrp5");
    }

    static Stream<Vectors> sendable() {
        return all().filter(vector -> vector.has("msg1"));
    }

    static Stream<Vectors> unsendable() {
        return all().filter(vector -> !vector.has("msg1"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theFormulasGiveEveryField(Vectors vector) {
        Credentials credentials = vector.credentials();
        assertThat(credentials.userBytes()).isEqualTo(vector.bytes("username_utf8"));
        assertThat(credentials.passwordBytes()).isEqualTo(vector.bytes("password_utf8"));
        BigInteger clientScalar = vector.integer("client_scalar");
        BigInteger serverScalar = vector.integer("server_scalar");
        assertThat(clamped(vector.bytes("client_seed"))).isEqualTo(clientScalar);
        assertThat(clamped(vector.bytes("server_seed"))).isEqualTo(serverScalar);

        BigInteger validator = EcSrp5.validator(credentials, vector.bytes("salt"));
        assertThat(validator).isEqualTo(vector.integer("validator_i"));
        CurvePoint gamma = Curve.G.times(validator);
        assertThat(gamma.encode()).isEqualTo(vector.bytes("gamma"));
        CurvePoint clientKey = Curve.G.times(clientScalar);
        assertThat(clientKey.encode()).isEqualTo(vector.bytes("client_public"));
        CurvePoint serverKey = Curve.G.times(serverScalar).plus(Curve.redp1(gamma, 0));
        assertThat(serverKey.encode()).isEqualTo(vector.bytes("server_public"));
        byte[] j = EcSrp5.keysHash(clientKey, serverKey);
        assertThat(j).isEqualTo(vector.bytes("j"));
        byte[] z = clientKey
                .plus(gamma.times(new BigInteger(1, j)))
                .times(serverScalar)
                .montgomeryX();
        assertThat(z).isEqualTo(vector.bytes("z"));
        byte[] clientProof = EcSrp5.clientProof(j, z);
        assertThat(clientProof).isEqualTo(vector.bytes("client_cc"));
        byte[] serverProof = EcSrp5.serverProof(j, clientProof, z);
        assertThat(serverProof).isEqualTo(vector.bytes("server_cc"));
        assertThat(EcSrp5.frame(serverKey.encode(), vector.bytes("salt"))).isEqualTo(vector.bytes("msg2"));
        assertThat(EcSrp5.frame(clientProof)).isEqualTo(vector.bytes("msg3"));
        assertThat(EcSrp5.frame(serverProof)).isEqualTo(vector.bytes("msg4"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void redp1TakesTheTriesTheVectorSays(Vectors vector) {
        CurvePoint gamma = Curve.G.times(vector.integer("validator_i"));
        CurvePoint blind = Curve.redp1(gamma, 0);
        assertThat(blind.encode()).isEqualTo(vector.bytes("redp1_parity0"));
        assertThat(blind.plus(Curve.redp1(gamma, 1))).isEqualTo(CurvePoint.INFINITY);
        assertThat(Frames.order(Frames.coset(blind))).isEqualTo(vector.number("redp1_torsion_order"));

        BigInteger seed = new BigInteger(1, DigestUtils.sha256(gamma.montgomeryX()));
        int tries = vector.number("redp1_tries");
        for (int attempt = 1; attempt < tries; attempt++) {
            assertThat(Curve.lift(redp1Hash(seed, attempt).mod(Field.P), 0)).isEmpty();
        }
        BigInteger hash = redp1Hash(seed, tries);
        assertThat(Curve.lift(hash.mod(Field.P), 0)).contains(blind);
        assertThat(hash.compareTo(Field.P) >= 0).isEqualTo(Boolean.parseBoolean(vector.text("redp1_hash_ge_p")));
    }

    @ParameterizedTest
    @MethodSource("sendable")
    void clientSaysWhatTheVectorSays(Vectors vector) throws Exception {
        EcSrp5Client client = new EcSrp5Client(vector.credentials(), vector.integer("client_scalar"));
        assertThat(client.start()).isEqualTo(vector.bytes("msg1"));
        assertThat(client.proof(vector.payload("msg2"))).isEqualTo(vector.bytes("msg3"));
        client.verify(vector.payload("msg4"));
    }

    @ParameterizedTest
    @MethodSource("sendable")
    void clientRefusesAnAlteredServerProof(Vectors vector) throws Exception {
        EcSrp5Client client = new EcSrp5Client(vector.credentials(), vector.integer("client_scalar"));
        client.start();
        client.proof(vector.payload("msg2"));
        assertThatThrownBy(() -> client.verify(Frames.flipped(vector.payload("msg4"), 255)))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("proof is wrong");
    }

    @ParameterizedTest
    @MethodSource("sendable")
    void serverSaysWhatTheVectorSays(Vectors vector) throws Exception {
        EcSrp5Server server = server(vector);
        assertThat(server.challenge(vector.payload("msg1"))).isEqualTo(vector.bytes("msg2"));
        assertThat(server.user()).isEqualTo(vector.text("username"));
        assertThat(server.verify(vector.payload("msg3"))).isEqualTo(vector.bytes("msg4"));
    }

    @ParameterizedTest
    @MethodSource("sendable")
    void serverRefusesAnAlteredClientProof(Vectors vector) throws Exception {
        EcSrp5Server server = server(vector);
        server.challenge(vector.payload("msg1"));
        assertThatThrownBy(() -> server.verify(Frames.flipped(vector.payload("msg3"), 0)))
                .isInstanceOf(AuthException.class)
                .hasMessage("wrong user name or password");
    }

    @ParameterizedTest
    @MethodSource("unsendable")
    void aNameThatDoesNotFitIsRefusedInBothRoles(Vectors vector) {
        EcSrp5Client client = new EcSrp5Client(vector.credentials(), vector.integer("client_scalar"));
        assertThatThrownBy(client::start).isInstanceOf(AuthException.class).hasMessageContaining(TOO_LONG);
        assertThatThrownBy(() -> server(vector))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(TOO_LONG);
    }

    private static EcSrp5Server server(Vectors vector) {
        byte[] serverSecret = new byte[EcSrp5Verifiers.SECRET_LENGTH];
        EcSrp5Verifiers verifiers =
                new EcSrp5Verifiers(vector.credentials(), serverSecret, false, vector.bytes("salt"));
        return new EcSrp5Server(verifiers, new SecureRandom(), vector.integer("server_scalar"));
    }

    private static BigInteger redp1Hash(BigInteger seed, int attempt) {
        BigInteger next = seed.add(BigInteger.valueOf(attempt - 1L));
        return new BigInteger(1, DigestUtils.sha256(Bytes.of(next)));
    }

    private static BigInteger clamped(byte[] seed) {
        seed[0] &= (byte) 0xf8;
        seed[31] = (byte) ((seed[31] & 0x7f) | 0x40);
        return new BigInteger(1, seed);
    }
}

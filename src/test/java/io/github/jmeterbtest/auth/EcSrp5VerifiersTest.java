package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger, who only has to send message 1, can see: it must not tell names or passwords. */
@Execution(ExecutionMode.CONCURRENT)
class EcSrp5VerifiersTest {

    private static final Credentials ADMIN = new Credentials("admin", "secret");

    private final SecureRandom random = new SecureRandom();
    private final byte[] serverSecret = EcSrp5Verifiers.newSecret(random);

    @ParameterizedTest
    @ValueSource(strings = {"admin", "stranger", "", "имя"})
    void aNameHasOneSaltAndOneCosetOverStartsAndRestarts(String name) throws Exception {
        byte[] expectedSalt = Arrays.copyOf(
                new HmacUtils(HmacAlgorithms.HMAC_SHA_256, serverSecret).hmac(name.getBytes(StandardCharsets.UTF_8)),
                16);
        Set<CurvePoint> cosets = new HashSet<>();
        for (int restart = 0; restart < 2; restart++) {
            EcSrp5Verifiers verifiers = new EcSrp5Verifiers(ADMIN, serverSecret, false);
            for (int start = 0; start < 10; start++) {
                byte[] message2 = message2(verifiers, name);
                assertThat(message2).hasSize(49);
                assertThat(Frames.salt(message2)).isEqualTo(expectedSalt);
                cosets.add(Frames.coset(Frames.serverKey(message2)));
            }
        }
        assertThat(cosets).hasSize(1);
    }

    @Test
    void unknownNamesLieInAllCosetsAsKnownOnesDo() throws Exception {
        EcSrp5Verifiers verifiers = new EcSrp5Verifiers(ADMIN, new byte[32], false);
        Set<CurvePoint> unknown = new HashSet<>();
        Set<CurvePoint> known = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String name = "user" + i;
            unknown.add(Frames.coset(Frames.serverKey(message2(verifiers, name))));
            EcSrp5Verifiers itsServer = new EcSrp5Verifiers(new Credentials(name, "secret"), new byte[32], false);
            known.add(Frames.coset(Frames.serverKey(message2(itsServer, name))));
        }
        assertThat(unknown).hasSize(8).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "stranger"})
    void torsionBlindingHidesTheCosetButKeepsTheSalt(String name) throws Exception {
        EcSrp5Verifiers verifiers = new EcSrp5Verifiers(ADMIN, serverSecret, true);
        Set<CurvePoint> cosets = new HashSet<>();
        byte[] salt = Frames.salt(message2(verifiers, name));
        for (int i = 0; i < 200; i++) {
            byte[] message2 = message2(verifiers, name);
            assertThat(Frames.salt(message2)).isEqualTo(salt);
            cosets.add(Frames.coset(Frames.serverKey(message2)));
        }
        assertThat(cosets).hasSize(8);
    }

    @Test
    void notEvenAProofForTheDecoyOpensAnything() throws Exception {
        byte[] name = "stranger".getBytes(StandardCharsets.UTF_8);
        EcSrp5Verifiers verifiers = new EcSrp5Verifiers(ADMIN, serverSecret, false);
        BigInteger secret = BigInteger.valueOf(1234567);
        EcSrp5Server server = new EcSrp5Server(verifiers, random, secret);
        CurvePoint clientKey = Curve.G.times(BigInteger.TEN);
        byte[] message2 = Frames.payload(server.challenge(Frames.message1(name, clientKey.encode())));
        byte[] j = EcSrp5.keysHash(clientKey, Frames.serverKey(message2));
        CurvePoint gamma = verifiers.account(name, random).gamma();
        byte[] z =
                clientKey.plus(gamma.times(new BigInteger(1, j))).times(secret).montgomeryX();
        assertThatThrownBy(() -> server.verify(EcSrp5.clientProof(j, z)))
                .isInstanceOf(AuthException.class)
                .hasMessage("wrong user name or password");
    }

    @Test
    void aNewSecretIsRandom() {
        assertThat(serverSecret)
                .hasSize(EcSrp5Verifiers.SECRET_LENGTH)
                .isNotEqualTo(new byte[EcSrp5Verifiers.SECRET_LENGTH])
                .isNotEqualTo(EcSrp5Verifiers.newSecret(random));
    }

    @Test
    void aGivenSecretIsCopied() throws Exception {
        byte[] given = serverSecret.clone();
        EcSrp5Verifiers verifiers = new EcSrp5Verifiers(ADMIN, given, false);
        byte[] before = Frames.salt(message2(verifiers, "stranger"));
        Arrays.fill(given, (byte) 0);
        assertThat(Frames.salt(message2(verifiers, "stranger"))).isEqualTo(before);
    }

    @Test
    void unusableSettingsAreRefused() {
        assertThatThrownBy(() -> new EcSrp5Verifiers(ADMIN, new byte[31], false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31 bytes");
        assertThatThrownBy(() -> new EcSrp5Verifiers(new Credentials("a\0b", ""), serverSecret, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zero character");
    }

    private byte[] message2(EcSrp5Verifiers verifiers, String name) throws AuthException {
        byte[] message1 = Frames.payload(new EcSrp5Client(new Credentials(name, ""), random).start());
        return Frames.payload(new EcSrp5Server(verifiers, random).challenge(message1));
    }
}

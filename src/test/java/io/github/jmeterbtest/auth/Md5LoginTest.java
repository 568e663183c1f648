package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Md5LoginTest {

    private final SecureRandom random = new SecureRandom();

    static Stream<Vectors> vectors() {
        return Vectors.section("md5");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void clientAnswersAsTheVectorSays(Vectors vector) throws Exception {
        Credentials credentials = vector.credentials();
        assertThat(credentials.userBytes()).isEqualTo(vector.bytes("username_utf8"));
        assertThat(credentials.passwordBytes()).isEqualTo(vector.bytes("password_utf8"));
        if (credentials.userBytes().length > Md5Login.USER_LENGTH) {
            // the peers of this vector cut the name; we would rather not log in as somebody else
            assertThatThrownBy(() -> Md5Login.respond(credentials, vector.bytes("challenge")))
                    .isInstanceOf(AuthException.class)
                    .hasMessageContaining("33 bytes")
                    .hasMessageContaining("32");
            return;
        }
        byte[] response = Md5Login.respond(credentials, vector.bytes("challenge"));
        assertThat(response).isEqualTo(vector.bytes("message"));
        assertThat(Arrays.copyOf(response, 16)).isEqualTo(vector.bytes("response"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void serverAcceptsTheVectorAndNothingNearIt(Vectors vector) {
        Credentials credentials = vector.credentials();
        byte[] challenge = vector.bytes("challenge");
        byte[] message = vector.bytes("message");
        assertThat(Md5Login.verify(credentials, challenge, message)).isTrue();
        for (int bit = 0; bit < message.length * Byte.SIZE; bit++) {
            assertThat(Md5Login.verify(credentials, challenge, Frames.flipped(message, bit)))
                    .isFalse();
        }
        assertThat(Md5Login.verify(credentials, Frames.flipped(challenge, 0), message))
                .isFalse();
        assertThat(Md5Login.verify(credentials, challenge, Arrays.copyOf(message, 47)))
                .isFalse();
        assertThat(Md5Login.verify(credentials, challenge, Arrays.copyOf(message, 49)))
                .isFalse();
        assertThat(Md5Login.verify(credentials, challenge, new byte[0])).isFalse();
    }

    @Test
    void anyCredentialsThatFitLogIn() throws Exception {
        Random texts = new Random(5);
        for (int i = 0; i < 1000; i++) {
            Credentials credentials = new Credentials(RandomText.of(texts, 8), RandomText.of(texts, 40));
            byte[] challenge = Md5Login.newChallenge(random);
            assertThat(Md5Login.verify(credentials, challenge, Md5Login.respond(credentials, challenge)))
                    .isTrue();
        }
    }

    @Test
    void challengesAreFresh() {
        assertThat(Md5Login.newChallenge(random)).hasSize(16).isNotEqualTo(Md5Login.newChallenge(random));
    }

    @Test
    void malformedInputIsRefused() {
        Credentials credentials = new Credentials("a", "secret");
        assertThatThrownBy(() -> Md5Login.respond(credentials, new byte[15]))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining("15 bytes");
        assertThatThrownBy(() -> Md5Login.respond(new Credentials("a\0", "secret"), new byte[16]))
                .isInstanceOf(AuthException.class)
                .hasMessageNotContaining("secret");
    }
}

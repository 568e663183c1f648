package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Any bytes as a response, and as a user name, in a login by MD5. */
class Md5LoginFuzzTest {
    private static final byte[] CHALLENGE = new byte[Md5Login.CHALLENGE_LENGTH];
    private static final Credentials ADMIN = new Credentials("admin", "test");

    @FuzzTest
    void login(byte[] input) throws AuthException {
        byte[] right = Md5Login.respond(ADMIN, CHALLENGE);
        assertThat(Md5Login.verify(ADMIN, CHALLENGE, input)).isEqualTo(Arrays.equals(input, right));
        byte[] response = Arrays.copyOf(input, Md5Login.RESPONSE_LENGTH);
        assertThat(Md5Login.verify(ADMIN, CHALLENGE, response)).isEqualTo(Arrays.equals(response, right));
        assertThat(Md5Login.user(response)).hasSizeLessThanOrEqualTo(Md5Login.USER_LENGTH);
        logInAs(new Credentials(new String(input, StandardCharsets.UTF_8), "test"));
    }

    private static void logInAs(Credentials credentials) {
        try {
            byte[] response = Md5Login.respond(credentials, CHALLENGE);
            assertThat(Md5Login.verify(credentials, CHALLENGE, response)).isTrue();
            assertThat(Md5Login.user(response)).isEqualTo(credentials.userBytes());
        } catch (AuthException e) {
            assertThat(e).hasMessageContaining("user name").hasMessageNotContaining("test");
        }
    }
}

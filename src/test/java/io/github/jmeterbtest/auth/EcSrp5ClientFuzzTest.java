package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** What a server may send in a login by EC-SRP5: only one that knows the password is taken for the right one. */
class EcSrp5ClientFuzzTest {
    private static final byte[] RIGHT = KnownLogin.serverFrames();

    /** @param input the server's two frames */
    @FuzzTest
    void login(byte[] input) {
        assertThat(accepts(input)).isEqualTo(KnownLogin.sameMessages(input, RIGHT));
    }

    private static boolean accepts(byte[] input) {
        EcSrp5Client client = KnownLogin.client();
        try {
            client.start();
            client.proof(Frames.first(input));
            client.verify(Frames.second(input));
            return true;
        } catch (AuthException e) {
            assertThat(e).hasMessageNotContaining(KnownLogin.ADMIN.password());
            return false;
        }
    }
}

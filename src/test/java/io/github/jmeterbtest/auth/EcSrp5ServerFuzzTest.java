package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** What a client may send in a login by EC-SRP5: nothing but the right messages lets it in. */
class EcSrp5ServerFuzzTest {
    private static final EcSrp5Verifiers VERIFIERS = KnownLogin.verifiers(false);
    private static final EcSrp5Verifiers BLINDED = KnownLogin.verifiers(true);
    private static final byte[] RIGHT = KnownLogin.clientFrames();

    /** @param input the client's two frames */
    @FuzzTest
    void login(byte[] input) {
        assertThat(accepts(VERIFIERS, input)).isEqualTo(KnownLogin.sameMessages(input, RIGHT));
        // the same messages may be right here as well
        accepts(BLINDED, input);
    }

    private static boolean accepts(EcSrp5Verifiers verifiers, byte[] input) {
        EcSrp5Server server = KnownLogin.server(verifiers);
        try {
            server.challenge(Frames.first(input));
            server.verify(Frames.second(input));
            return server.user().equals(KnownLogin.ADMIN.user());
        } catch (AuthException e) {
            assertThat(e).hasMessageNotContaining(KnownLogin.ADMIN.password());
            return false;
        }
    }
}

package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both roles against each other, as long as both are honest about the protocol. */
@Execution(ExecutionMode.CONCURRENT)
class EcSrp5LoginTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void anyCredentialsLogIn() throws Exception {
        Random texts = new Random(1);
        for (int i = 0; i < 200; i++) {
            Credentials credentials = randomCredentials(texts);
            EcSrp5Server server = new EcSrp5Server(verifiers(credentials, false), random);
            logIn(credentials, server);
            assertThat(server.user()).isEqualTo(credentials.user());
        }
    }

    @Test
    void noWrongPasswordLogsIn() {
        Random texts = new Random(2);
        for (int i = 0; i < 60; i++) {
            Credentials right = randomCredentials(texts);
            Credentials wrong = new Credentials(right.user(), right.password() + RandomText.of(texts, 3) + "!");
            EcSrp5Server server = new EcSrp5Server(verifiers(right, i % 2 == 0), random);
            assertThatThrownBy(() -> logIn(wrong, server))
                    .isInstanceOf(AuthException.class)
                    .hasMessage("wrong user name or password");
        }
    }

    @Test
    void unknownUsersFailAsWrongPasswordsDo() {
        EcSrp5Verifiers verifiers = verifiers(new Credentials("admin", "secret"), false);
        for (String name : new String[] {"", "Admin", "admi", "admin ", "somebody"}) {
            assertThatThrownBy(() -> logIn(new Credentials(name, "secret"), new EcSrp5Server(verifiers, random)))
                    .isInstanceOf(AuthException.class)
                    .hasMessage("wrong user name or password");
        }
    }

    @Test
    void everyConnectionHasFreshKeys() throws Exception {
        Credentials credentials = new Credentials("admin", "");
        EcSrp5Verifiers verifiers = verifiers(credentials, false);
        byte[] message1 = new EcSrp5Client(credentials, random).start();
        assertThat(new EcSrp5Client(credentials, random).start()).isNotEqualTo(message1);
        byte[] message2 = new EcSrp5Server(verifiers, random).challenge(Frames.payload(message1));
        assertThat(new EcSrp5Server(verifiers, random).challenge(Frames.payload(message1)))
                .isNotEqualTo(message2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyLoginsPassWithAndWithoutTorsionBlinding(boolean torsionBlinding) {
        Credentials credentials = new Credentials("admin", "пароль😀");
        EcSrp5Verifiers verifiers = verifiers(credentials, torsionBlinding);
        for (int i = 0; i < 50; i++) {
            assertThatCode(() -> logIn(credentials, new EcSrp5Server(verifiers, random)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void stepsOutOfTurnAreMisuse() throws Exception {
        Credentials credentials = new Credentials("admin", "secret");
        EcSrp5Client client = new EcSrp5Client(credentials, random);
        EcSrp5Server server = new EcSrp5Server(verifiers(credentials, false), random);
        assertThatThrownBy(() -> new EcSrp5Client(credentials, random).proof(new byte[49]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new EcSrp5Client(credentials, random).verify(new byte[32]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new EcSrp5Server(verifiers(credentials, false), random).verify(new byte[32]))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(server::user).isInstanceOf(IllegalStateException.class);

        byte[] message1 = Frames.payload(client.start());
        byte[] message2 = Frames.payload(server.challenge(message1));
        byte[] message3 = Frames.payload(client.proof(message2));
        byte[] message4 = Frames.payload(server.verify(message3));
        client.verify(message4);
        assertThatThrownBy(client::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.proof(message2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.verify(message4)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> server.challenge(message1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> server.verify(message3)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFailedLoginGivesNoSecondTry() throws Exception {
        Credentials credentials = new Credentials("admin", "secret");
        EcSrp5Server server = new EcSrp5Server(verifiers(credentials, false), random);
        EcSrp5Client client = new EcSrp5Client(credentials, random);
        byte[] message2 = Frames.payload(server.challenge(Frames.payload(client.start())));
        byte[] message3 = Frames.payload(client.proof(message2));
        assertThatThrownBy(() -> server.verify(new byte[32])).isInstanceOf(AuthException.class);
        assertThatThrownBy(() -> server.verify(message3)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.verify(new byte[32])).isInstanceOf(AuthException.class);
        assertThatThrownBy(() -> client.verify(new byte[32])).isInstanceOf(IllegalStateException.class);
    }

    private void logIn(Credentials credentials, EcSrp5Server server) throws AuthException {
        EcSrp5Client client = new EcSrp5Client(credentials, random);
        byte[] message2 = Frames.payload(server.challenge(Frames.payload(client.start())));
        client.verify(Frames.payload(server.verify(Frames.payload(client.proof(message2)))));
    }

    private EcSrp5Verifiers verifiers(Credentials credentials, boolean torsionBlinding) {
        return new EcSrp5Verifiers(credentials, EcSrp5Verifiers.newSecret(random), torsionBlinding);
    }

    private static Credentials randomCredentials(Random texts) {
        return new Credentials(RandomText.of(texts, EcSrp5.MAX_USER_LENGTH / 4), RandomText.of(texts, 30));
    }
}

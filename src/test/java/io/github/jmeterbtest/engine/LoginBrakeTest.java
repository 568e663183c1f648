package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.auth.EcSrp5Client;
import io.github.jmeterbtest.auth.Md5Login;
import io.github.jmeterbtest.engine.platform.ManualClock;
import io.github.jmeterbtest.engine.report.Authentication;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class LoginBrakeTest {
    private static final long SECOND = 1_000_000_000;
    private static final Credentials ADMIN = new Credentials("admin", "right");
    private static final String RECEIVE = "01 02 01 00 00 80 00 00 40 42 0f 00 00 00 00 00";

    private final ManualClock clock = new ManualClock();
    private final LoginBrake brake = new LoginBrake(clock);

    private static LoginBrake.Attempt attempt(String address, String user) {
        try {
            return LoginBrake.Attempt.of(
                    Source.of(InetAddress.getByName(address)), user.getBytes(StandardCharsets.UTF_8));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private void guessWrong(LoginBrake.Attempt attempt, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(brake.turn(attempt)).hasValue(0);
            brake.wrong(attempt);
        }
    }

    @Test
    void afterSomeWrongPasswordsAttemptsAreJudgedOneASecond() {
        LoginBrake.Attempt guesser = attempt("192.0.2.1", "admin");
        guessWrong(guesser, 5);
        assertThat(brake.turn(guesser)).hasValue(SECOND);
        assertThat(brake.turn(guesser)).hasValue(2 * SECOND);
        assertThat(brake.turn(guesser)).hasValue(3 * SECOND);
        assertThat(brake.turn(guesser)).as("too long a wait").isEqualTo(OptionalLong.empty());
        clock.advance(Duration.ofSeconds(1));
        assertThat(brake.turn(guesser)).hasValue(3 * SECOND);
        brake.wrong(guesser);
        clock.advance(Duration.ofMinutes(1));
        assertThat(brake.turn(guesser)).hasValue(0);
        assertThat(brake.turn(guesser)).hasValue(SECOND);
    }

    @Test
    void othersAreNotSlowed() {
        guessWrong(attempt("192.0.2.1", "admin"), 5);
        assertThat(brake.turn(attempt("192.0.2.2", "admin"))).hasValue(0);
        assertThat(brake.turn(attempt("192.0.2.1", "operator"))).hasValue(0);
    }

    @Test
    void aRightPasswordMakesTheWrongOnesMistakes() {
        LoginBrake.Attempt user = attempt("192.0.2.1", "admin");
        guessWrong(user, 5);
        assertThat(brake.turn(user)).hasValue(SECOND);
        brake.right(user);
        guessWrong(user, 5);
        assertThat(brake.turn(user)).hasValue(SECOND);
    }

    @Test
    void wrongPasswordsAreForgottenAfterTenMinutes() {
        LoginBrake.Attempt user = attempt("192.0.2.1", "admin");
        guessWrong(user, 5);
        clock.advance(Duration.ofMinutes(10));
        guessWrong(user, 5);
        assertThat(brake.turn(user)).hasValue(SECOND);
    }

    @Test
    void memoryIsBounded() {
        LoginBrake.Attempt guesser = attempt("192.0.2.1", "admin");
        guessWrong(guesser, 5);
        for (int i = 0; i < LoginBrake.MAX_REMEMBERED + 5; i++) {
            brake.wrong(attempt("192.0.2.1", "user " + i));
            brake.turn(guesser);
        }
        assertThat(brake.remembered()).isEqualTo(LoginBrake.MAX_REMEMBERED);
        assertThat(brake.turn(guesser)).as("used all the time").isNotEqualTo(OptionalLong.of(0));
    }

    /** Whatever the login, whether there is such a user, and even if the password is right. */
    @ParameterizedTest
    @CsvSource({
        "MD5, admin, wrong", "MD5, nobody, wrong", "MD5, admin, right",
        "EC_SRP5, admin, wrong", "EC_SRP5, nobody, wrong", "EC_SRP5, admin, right"
    })
    void aServerSlowsTheSixthAttempt(Authentication login, String user, String password) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(
                Loopback.server().authentication(login).credentials(ADMIN).build(), clock)) {
            for (int i = 0; i < 5; i++) {
                try (Peer guesser = Peer.clientOf(server)) {
                    prove(guesser, login, new Credentials(user, "wrong"));
                    guesser.drain();
                }
            }
            try (Peer guesser = Peer.clientOf(server)) {
                prove(guesser, login, new Credentials(user, password));
                clock.awaitWaiting(1);
                assertThat(guesser.socket().getInputStream().available()).isZero();
                for (int i = 0; i < 10; i++) {
                    clock.awaitWaiting(1);
                    clock.advance(Duration.ofMillis(100));
                }
                if (password.equals("right")) {
                    guesser.read(4);
                } else {
                    guesser.drain();
                }
            }
        }
    }

    private static void prove(Peer client, Authentication login, Credentials credentials) throws Exception {
        client.send(RECEIVE);
        client.read(4);
        if (login == Authentication.MD5) {
            client.send(Md5Login.respond(credentials, client.read(16)));
            return;
        }
        EcSrp5Client proof = new EcSrp5Client(credentials, new SecureRandom());
        client.send(proof.start());
        client.send(proof.proof(client.read(client.read(1)[0])));
    }
}

package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.auth.AuthException;
import io.github.jmeterbtest.auth.EcSrp5Server;
import io.github.jmeterbtest.auth.EcSrp5Verifiers;
import io.github.jmeterbtest.auth.Md5Login;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.ServerReply;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/**
 * The server's side of the login. Sends everything except the final OK; data that goes with the OK is buffered. Shared
 * by all connections.
 */
final class ServerLogin {
    private static final SecureRandom RANDOM = new SecureRandom();
    /**
     * Any client can make the server do expensive work. Running tests need cores too, and virtual threads are not
     * preempted.
     */
    private static final SourceTurns CORES =
            new SourceTurns(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

    /** How often one that waits looks whether its connection was closed. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final NanoClock clock;
    private final ServerOptions options;
    /** Kept as long as the credentials, so that every user has one stable salt; null without EC-SRP5. */
    private final EcSrp5Verifiers verifiers;

    private final LoginBrake brake;

    ServerLogin(NanoClock clock, ServerOptions options) throws BtestException {
        this.clock = clock;
        this.options = options;
        this.brake = new LoginBrake(clock);
        this.verifiers = options.authentication() == Authentication.EC_SRP5 ? verifiers(options) : null;
    }

    private static EcSrp5Verifiers verifiers(ServerOptions options) throws BtestException {
        byte[] given = options.ecSrp5Secret();
        try {
            return new EcSrp5Verifiers(
                    options.credentials(),
                    given.length == 0 ? EcSrp5Verifiers.newSecret(RANDOM) : given,
                    options.ecSrp5TorsionBlinding());
        } catch (IllegalArgumentException e) {
            throw new BtestException(ErrorKind.INVALID_OPTION, "user: " + e.getMessage(), e);
        }
    }

    /**
     * @param source where the client comes from
     * @return the user that logged in, empty without a login
     * @throws BtestException of kind {@link ErrorKind#AUTHENTICATION_FAILED}; a client that expects an answer has got
     *     it
     */
    String run(HandshakeChannel channel, Source source) throws IOException, BtestException, InterruptedException {
        return switch (options.authentication()) {
            case MD5 -> md5(channel, source);
            case EC_SRP5 -> ecSrp5(channel, source);
            default -> "";
        };
    }

    private String md5(HandshakeChannel channel, Source source)
            throws IOException, BtestException, InterruptedException {
        byte[] challenge = Md5Login.newChallenge(RANDOM);
        channel.append(new ServerReply.Md5Required().encode());
        channel.write(challenge);
        // all of it, before judging: else the refused client gets a reset instead of an answer
        byte[] response = channel.read(Md5Login.RESPONSE_LENGTH);
        LoginBrake.Attempt attempt = LoginBrake.Attempt.of(source, Md5Login.user(response));
        try {
            awaitTurn(channel, attempt);
            judge(attempt, () -> {
                if (!Md5Login.verify(options.credentials(), challenge, response)) {
                    throw new AuthException("wrong user or password");
                }
                return response;
            });
        } catch (AuthException e) {
            channel.write(new ServerReply.Refused().encode());
            throw new BtestException(ErrorKind.AUTHENTICATION_FAILED, e.getMessage() + " (md5)", e);
        }
        return options.credentials().user();
    }

    /** RouterOS just closes after a bad proof, and so does this. */
    private String ecSrp5(HandshakeChannel channel, Source source)
            throws IOException, BtestException, InterruptedException {
        EcSrp5Server login = new EcSrp5Server(verifiers, RANDOM);
        channel.write(new ServerReply.EcSrp5Required().encode());
        try {
            byte[] start = channel.readFrame();
            channel.write(compute(channel, source, () -> login.challenge(start)));
            byte[] proof = channel.readFrame();
            LoginBrake.Attempt attempt =
                    LoginBrake.Attempt.of(source, login.user().getBytes(StandardCharsets.UTF_8));
            awaitTurn(channel, attempt);
            channel.append(compute(channel, source, () -> judge(attempt, () -> login.verify(proof))));
            return login.user();
        } catch (AuthException e) {
            throw new BtestException(ErrorKind.AUTHENTICATION_FAILED, e.getMessage() + " (ec-srp5)", e);
        }
    }

    private interface Step {
        byte[] answer() throws AuthException;
    }

    private byte[] judge(LoginBrake.Attempt attempt, Step verification) throws AuthException {
        try {
            byte[] answer = verification.answer();
            brake.right(attempt);
            return answer;
        } catch (AuthException e) {
            brake.wrong(attempt);
            throw e;
        }
    }

    /** Not in the client's time either. */
    private void awaitTurn(HandshakeChannel channel, LoginBrake.Attempt attempt)
            throws IOException, AuthException, InterruptedException {
        long startedAt = clock.nanoTime();
        long wait = brake.turn(attempt)
                .orElseThrow(() -> new AuthException("too many wrong passwords for this user from this address"
                        + " before, so this attempt was not judged"));
        long left;
        while ((left = startedAt + wait - clock.nanoTime()) > 0) {
            clock.parkNanos(Math.min(left, LOOK_NANOS));
            requireOpen(channel);
        }
        channel.extendDeadline(clock.nanoTime() - startedAt);
    }

    private static void requireOpen(HandshakeChannel channel) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!channel.channel().isOpen()) {
            throw new AsynchronousCloseException();
        }
    }

    /**
     * Not in the client's time: where many log in at once, those that come last must not look like those that never
     * answer.
     */
    private byte[] compute(HandshakeChannel channel, Source source, Step step)
            throws IOException, AuthException, InterruptedException {
        long startedAt = clock.nanoTime();
        CORES.acquire(source);
        try {
            requireOpen(channel);
            return step.answer();
        } finally {
            CORES.release();
            channel.extendDeadline(clock.nanoTime() - startedAt);
        }
    }
}

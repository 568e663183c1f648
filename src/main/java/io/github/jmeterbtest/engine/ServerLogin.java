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
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;

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
    private static final Semaphore CORES =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    private final NanoClock clock;
    private final ServerOptions options;
    /** Kept as long as the credentials, so that every user has one stable salt; null without EC-SRP5. */
    private final EcSrp5Verifiers verifiers;

    ServerLogin(NanoClock clock, ServerOptions options) throws BtestException {
        this.clock = clock;
        this.options = options;
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
     * @return the user that logged in, empty without a login
     * @throws BtestException of kind {@link ErrorKind#AUTHENTICATION_FAILED}; a client that expects an answer has got
     *     it
     */
    String run(HandshakeChannel channel) throws IOException, BtestException, InterruptedException {
        return switch (options.authentication()) {
            case MD5 -> md5(channel);
            case EC_SRP5 -> ecSrp5(channel);
            default -> "";
        };
    }

    private String md5(HandshakeChannel channel) throws IOException, BtestException {
        byte[] challenge = Md5Login.newChallenge(RANDOM);
        channel.append(new ServerReply.Md5Required().encode());
        channel.write(challenge);
        // all of it, before judging: else the refused client gets a reset instead of an answer
        byte[] response = channel.read(Md5Login.RESPONSE_LENGTH);
        if (!Md5Login.verify(options.credentials(), challenge, response)) {
            channel.write(new ServerReply.Refused().encode());
            throw new BtestException(ErrorKind.AUTHENTICATION_FAILED, "wrong user or password (md5)");
        }
        return options.credentials().user();
    }

    /** RouterOS just closes after a bad proof, and so does this. */
    private String ecSrp5(HandshakeChannel channel) throws IOException, BtestException, InterruptedException {
        EcSrp5Server login = new EcSrp5Server(verifiers, RANDOM);
        channel.write(new ServerReply.EcSrp5Required().encode());
        try {
            byte[] start = channel.readFrame();
            channel.write(compute(channel, () -> login.challenge(start)));
            byte[] proof = channel.readFrame();
            channel.append(compute(channel, () -> login.verify(proof)));
            return login.user();
        } catch (AuthException e) {
            throw new BtestException(ErrorKind.AUTHENTICATION_FAILED, e.getMessage() + " (ec-srp5)", e);
        }
    }

    private interface Step {
        byte[] answer() throws AuthException;
    }

    /**
     * Not in the client's time: where many log in at once, those that come last must not look like those that never
     * answer.
     */
    private byte[] compute(HandshakeChannel channel, Step step) throws AuthException, InterruptedException {
        long startedAt = clock.nanoTime();
        CORES.acquire();
        try {
            return step.answer();
        } finally {
            CORES.release();
            channel.extendDeadline(clock.nanoTime() - startedAt);
        }
    }
}

package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.auth.AuthException;
import io.github.jmeterbtest.auth.EcSrp5Client;
import io.github.jmeterbtest.auth.Md5Login;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.MalformedMessageException;
import io.github.jmeterbtest.protocol.ServerReply;
import java.io.EOFException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The client's side of the login, from the server's answer to the command up to its OK. */
final class ClientLogin {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** A server judges at once, on a slow machine within a second. One that closes later has given up waiting. */
    private static final long MAX_JUDGEMENT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final ClientOptions options;
    private final HandshakeChannel channel;
    private final NanoClock clock;

    /**
     * @param used the login that the server asked for
     * @param token the server's session token, 0 for none
     */
    record Result(Authentication used, int token) {}

    ClientLogin(ClientOptions options, HandshakeChannel channel, NanoClock clock) {
        this.options = options;
        this.channel = channel;
        this.clock = clock;
    }

    Result run() throws IOException, MalformedMessageException, BtestException {
        ServerReply reply = channel.readReply();
        if (reply instanceof ServerReply.Refused) {
            throw new BtestException(
                    ErrorKind.REFUSED,
                    "the server refused the test before any login; check that its "
                            + "bandwidth server is enabled, allows this address, has sessions left"
                            + " and supports this kind of test");
        }
        Authentication asked = askedBy(reply);
        requireWanted(asked);
        if (asked != Authentication.NONE && options.credentials().user().isEmpty()) {
            throw new BtestException(
                    ErrorKind.CREDENTIALS_MISSING,
                    "the server asks for a login (" + asked + "); enter user and password");
        }
        if (reply instanceof ServerReply.Ok ok) {
            return new Result(asked, ok.token());
        }
        try {
            return new Result(asked, asked == Authentication.MD5 ? md5() : ecSrp5());
        } catch (AuthException e) {
            throw failed(asked, e.getMessage(), e);
        }
    }

    private static Authentication askedBy(ServerReply reply) {
        if (reply instanceof ServerReply.Md5Required) {
            return Authentication.MD5;
        }
        return reply instanceof ServerReply.EcSrp5Required ? Authentication.EC_SRP5 : Authentication.NONE;
    }

    /** Before anything that depends on the password leaves: a rogue server may ask for MD5 to crack it offline. */
    private void requireWanted(Authentication asked) throws BtestException {
        Authentication wanted = options.authentication();
        if (wanted != Authentication.AUTO && wanted != asked) {
            throw new BtestException(
                    ErrorKind.AUTHENTICATION_NOT_OFFERED,
                    "authentication is set to " + wanted + ", but the server asks for " + asked + "; set it to " + asked
                            + " or auto if you trust this server");
        }
    }

    private int md5() throws IOException, AuthException, MalformedMessageException, BtestException {
        byte[] challenge = channel.read(Md5Login.CHALLENGE_LENGTH);
        try {
            channel.write(Md5Login.respond(options.credentials(), challenge));
            if (channel.readReply() instanceof ServerReply.Ok ok) {
                return ok.token();
            }
        } catch (EOFException e) {
            throw closed(Authentication.MD5, e);
        }
        throw failed(Authentication.MD5, "the server refused user or password, or has no session left", null);
    }

    private int ecSrp5() throws IOException, AuthException, MalformedMessageException, BtestException {
        EcSrp5Client login = new EcSrp5Client(options.credentials(), RANDOM);
        try {
            channel.write(login.start());
            channel.write(login.proof(channel.readFrame()));
            login.verify(channel.readFrame());
        } catch (EOFException e) {
            throw closed(Authentication.EC_SRP5, e);
        }
        if (channel.readReply() instanceof ServerReply.Ok ok) {
            return ok.token();
        }
        throw new BtestException(
                ErrorKind.REFUSED,
                "the server accepted user and password but refused the test;" + " it may have no session left");
    }

    /** Servers say no by closing, and give up a client that takes too long in the same way. */
    private BtestException closed(Authentication asked, EOFException e) {
        long waited = clock.nanoTime() - channel.lastReadAt();
        if (waited < MAX_JUDGEMENT_NANOS) {
            return failed(asked, "the server closed the connection, which is how servers refuse a login", e);
        }
        return new BtestException(
                ErrorKind.HANDSHAKE_TIMEOUT,
                String.format(
                        Locale.ROOT,
                        "the server closed the connection"
                                + " %.1f s after its last login message (%s):"
                                + " it probably timed out rather than refused the login;"
                                + " check the link and the load of both machines",
                        waited / 1e9,
                        asked),
                e);
    }

    private BtestException failed(Authentication asked, String what, Exception cause) {
        return new BtestException(
                ErrorKind.AUTHENTICATION_FAILED,
                "login by " + asked + " as \"" + options.credentials().user() + "\" failed: " + what
                        + "; check user and password",
                cause);
    }
}

package io.github.jmeterbtest.soak;

import io.github.jmeterbtest.auth.AuthException;
import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.auth.EcSrp5Client;
import io.github.jmeterbtest.auth.Md5Login;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.Status;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Random;

/** A client most of whose messages are right, so that it gets to every step, and some of which are not. */
final class MutatedClient {
    private static final SecureRandom SECRETS = new SecureRandom();
    private static final int TIMEOUT_MILLIS = 300;
    private static final int SOURCES = 200;

    private final Mutator mutator;
    private final Credentials credentials;

    MutatedClient(Mutator mutator, Credentials credentials) {
        this.mutator = mutator;
        this.credentials = credentials;
    }

    /** Plays one session; what the server does, and whether it closes, is the server's affair. */
    void play(InetSocketAddress server) {
        Random random = mutator.random();
        try (Socket socket = new Socket()) {
            // many sources, so that shares and slowed logins do not keep it out
            byte[] source = {127, 1, 0, (byte) (1 + random.nextInt(SOURCES))};
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(server, TIMEOUT_MILLIS);
            if (random.nextBoolean()) {
                socket.setSoLinger(true, 0);
            }
            talk(socket);
        } catch (IOException | AuthException e) {
            // the session is over
        }
    }

    private void talk(Socket socket) throws IOException, AuthException {
        read(socket, 4);
        send(socket, command().encode());
        byte[] reply = read(socket, 4);
        if (reply[0] == 2) {
            send(socket, Md5Login.respond(credentials, read(socket, Md5Login.CHALLENGE_LENGTH)));
            read(socket, 4);
        } else if (reply[0] == 3) {
            logInByEcSrp5(socket);
        }
        for (int i = 1; i <= 3; i++) {
            send(socket, new Status(i, i, 1000L * i).encode());
        }
        read(socket, 1);
    }

    private void logInByEcSrp5(Socket socket) throws IOException, AuthException {
        EcSrp5Client login = new EcSrp5Client(credentials, SECRETS);
        send(socket, login.start());
        send(socket, login.proof(read(socket, read(socket, 1)[0] & 0xFF)));
        login.verify(read(socket, read(socket, 1)[0] & 0xFF));
        read(socket, 4);
    }

    private Command command() {
        Random random = mutator.random();
        return new Command(
                Mutator.oneOf(random, Protocol.values()),
                Mutator.oneOf(random, Direction.values()),
                random.nextBoolean(),
                // joins would have to be waited for
                random.nextInt(10) == 0 ? 2 : 1,
                random.nextBoolean() ? 1500 : 28 + random.nextInt(63_973),
                0,
                random.nextInt(1_000_000),
                random.nextInt(1_000_000));
    }

    private void send(Socket socket, byte[] message) throws IOException {
        socket.getOutputStream().write(mutator.sometimes(message));
    }

    private static byte[] read(Socket socket, int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server has closed");
        }
        return bytes;
    }
}

package io.github.jmeterbtest.soak;

import io.github.jmeterbtest.auth.AuthException;
import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.auth.EcSrp5Server;
import io.github.jmeterbtest.auth.EcSrp5Verifiers;
import io.github.jmeterbtest.auth.Md5Login;
import io.github.jmeterbtest.protocol.ServerReply;
import io.github.jmeterbtest.protocol.Status;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Random;

/** A server most of whose messages are right, so that a client gets to every step, and some of which are not. */
final class MutatedServer implements AutoCloseable {
    private static final SecureRandom SECRETS = new SecureRandom();
    private static final int TIMEOUT_MILLIS = 300;
    /** Nobody listens there, or another test. */
    private static final int UDP_PORT = 29_999;

    private final Mutator mutator;
    private final EcSrp5Verifiers verifiers;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));

    /** Begins to listen; a thread has to {@link #serve}. */
    MutatedServer(Mutator mutator, Credentials accepted) throws IOException {
        this.mutator = mutator;
        this.verifiers = new EcSrp5Verifiers(accepted, new byte[EcSrp5Verifiers.SECRET_LENGTH], false);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Serves one client after the other until it is closed. */
    void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                talk(socket);
            } catch (IOException | AuthException e) {
                // the session is over
            }
        }
    }

    private void talk(Socket socket) throws IOException, AuthException {
        send(socket, ServerReply.HELLO.encode());
        byte[] command = socket.getInputStream().readNBytes(16);
        switch (mutator.random().nextInt(3)) {
            case 0 -> {
                send(socket, new ServerReply.Md5Required().encode());
                send(socket, new byte[Md5Login.CHALLENGE_LENGTH]);
                socket.getInputStream().readNBytes(Md5Login.RESPONSE_LENGTH);
            }
            case 1 -> logInByEcSrp5(socket);
            default -> {}
        }
        send(socket, new ServerReply.Ok(command.length > 3 && command[3] > 1 ? 0x1234 : 0).encode());
        if (command.length > 0 && command[0] == 0) {
            send(socket, UdpHeader.encodePort(UDP_PORT));
        }
        sendStatusesAndData(socket);
    }

    private void logInByEcSrp5(Socket socket) throws IOException, AuthException {
        EcSrp5Server login = new EcSrp5Server(verifiers, SECRETS);
        send(socket, new ServerReply.EcSrp5Required().encode());
        send(socket, login.challenge(frame(socket)));
        send(socket, login.verify(frame(socket)));
    }

    private static byte[] frame(Socket socket) throws IOException {
        return socket.getInputStream()
                .readNBytes(Math.max(0, socket.getInputStream().read()));
    }

    private void sendStatusesAndData(Socket socket) throws IOException {
        Random random = mutator.random();
        for (int i = 1; i <= 4; i++) {
            send(socket, new Status(random.nextInt(101), i, random.nextInt(1 << 20)).encode());
            if (random.nextBoolean()) {
                send(socket, new byte[random.nextInt(5000)]);
            }
        }
    }

    private void send(Socket socket, byte[] message) throws IOException {
        socket.getOutputStream().write(mutator.sometimes(message));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}

package io.github.jmeterbtest.soak;

import io.github.jmeterbtest.auth.AuthException;
import io.github.jmeterbtest.auth.EcSrp5Client;
import io.github.jmeterbtest.auth.EcSrp5Server;
import io.github.jmeterbtest.auth.EcSrp5Verifiers;
import io.github.jmeterbtest.auth.Md5Login;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.JoinRequest;
import io.github.jmeterbtest.protocol.MalformedMessageException;
import io.github.jmeterbtest.protocol.OpeningMessage;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.ServerReply;
import io.github.jmeterbtest.protocol.Status;
import io.github.jmeterbtest.protocol.StatusDecoder;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Every control message, changed a little and decoded. */
final class MutatedStrings {
    /** The curve's arithmetic takes a thousand times as long as the rest. */
    private static final int EC_SRP5_EACH = 2000;

    private static final SecureRandom SECRETS = new SecureRandom();

    private interface Decoding {
        void of(byte[] bytes) throws MalformedMessageException, AuthException;
    }

    private record Message(byte[] right, Decoding decoding) {}

    private MutatedStrings() {}

    /** @throws IllegalStateException with the bytes, if something else than a declared error comes out */
    static void run(long strings, long seed) throws AuthException {
        Mutator mutator = new Mutator(seed);
        List<Message> quick = quick();
        List<Message> slow = ecSrp5();
        long rejected = 0;
        long began = System.nanoTime();
        for (long i = 0; i < strings; i++) {
            List<Message> messages = i % EC_SRP5_EACH == 0 ? slow : quick;
            Message message = messages.get(mutator.random().nextInt(messages.size()));
            byte[] bytes = mutator.mutate(message.right);
            try {
                message.decoding.of(bytes);
            } catch (MalformedMessageException | AuthException e) {
                rejected++;
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "string " + i + ": " + HexFormat.of().formatHex(bytes), e);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d strings in %.0f s: %d rejected, all with declared errors%n",
                strings,
                (System.nanoTime() - began) / 1e9,
                rejected);
    }

    private static List<Message> quick() throws AuthException {
        byte[] challenge = new byte[Md5Login.CHALLENGE_LENGTH];
        StatusDecoder decoder = new StatusDecoder();
        return List.of(
                new Message(
                        new Command(Protocol.TCP, Direction.BOTH, false, 20, Command.TCP_TX_SIZE, 0, 0, 0).encode(),
                        OpeningMessage::decode),
                new Message(
                        new Command(Protocol.UDP, Direction.RECEIVE, true, 1, 1500, 0, 300, 300).encode(),
                        OpeningMessage::decode),
                new Message(new JoinRequest(0x1234).encode(), OpeningMessage::decode),
                new Message(new ServerReply.Ok(0x1234).encode(), ServerReply::decode),
                new Message(new ServerReply.Md5Required().encode(), ServerReply::decode),
                new Message(new ServerReply.EcSrp5Required().encode(), ServerReply::decode),
                new Message(UdpHeader.encodePort(2001), UdpHeader::decodePort),
                new Message(new Status(50, 1, 10_000).encode(), Status::decode),
                new Message(new Status(50, 1, 10_000).encode(), decoder::decode),
                new Message(Md5Login.respond(Offer.ADMIN, challenge), bytes -> {
                    Md5Login.verify(Offer.ADMIN, challenge, bytes);
                    Md5Login.user(Arrays.copyOf(bytes, Md5Login.RESPONSE_LENGTH));
                }),
                new Message(challenge, bytes -> Md5Login.respond(Offer.ADMIN, bytes)));
    }

    private static List<Message> ecSrp5() throws AuthException {
        EcSrp5Verifiers verifiers = new EcSrp5Verifiers(Offer.ADMIN, new byte[EcSrp5Verifiers.SECRET_LENGTH], false);
        byte[] message1 = payload(new EcSrp5Client(Offer.ADMIN, SECRETS).start());
        byte[] message2 = payload(new EcSrp5Server(verifiers, SECRETS).challenge(message1));
        return List.of(
                new Message(message1, bytes -> new EcSrp5Server(verifiers, SECRETS).challenge(bytes)),
                new Message(message2, bytes -> {
                    EcSrp5Client client = new EcSrp5Client(Offer.ADMIN, SECRETS);
                    client.start();
                    client.proof(bytes);
                }),
                new Message(new byte[32], bytes -> {
                    EcSrp5Server server = new EcSrp5Server(verifiers, SECRETS);
                    server.challenge(message1);
                    server.verify(bytes);
                }));
    }

    private static byte[] payload(byte[] frame) {
        return Arrays.copyOfRange(frame, 1, frame.length);
    }
}

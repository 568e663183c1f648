package io.github.jmeterbtest.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server that plays a script on each connection: the first script on the first, and so on, each on a thread of its
 * own and from the first byte on. A connection closes with the end of its script. Closing the server waits for the
 * scripts that have begun and fails if one of them did.
 */
final class ScriptedServer implements AutoCloseable {

    interface Script {
        void play(Peer client) throws Exception;
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final List<CompletableFuture<Void>> scenes;

    ScriptedServer(Script... scripts) throws IOException {
        this(false, scripts);
    }

    private ScriptedServer(boolean dribbles, Script... scripts) throws IOException {
        scenes = Stream.of(scripts).map(script -> new CompletableFuture<Void>()).toList();
        start("scripted server", () -> {
            for (int i = 0; i < scripts.length; i++) {
                int scene = i;
                Socket socket = listener.accept();
                start("script " + i, () -> play(new Peer(socket, dribbles), scripts[scene], scenes.get(scene)));
            }
        });
    }

    /** {@return a server that sends every byte in a segment of its own} */
    static ScriptedServer dribbling(Script... scripts) throws IOException {
        return new ScriptedServer(true, scripts);
    }

    /** {@return what follows HELLO, the command and an OK} */
    static Script afterOk(Script script) {
        return client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send(Peer.OK);
            script.play(client);
        };
    }

    int port() {
        return listener.getLocalPort();
    }

    private static void play(Peer peer, Script script, CompletableFuture<Void> scene) throws IOException {
        try (peer) {
            script.play(peer);
            scene.complete(null);
        } catch (Throwable e) {
            scene.completeExceptionally(e);
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    private static void start(String name, Act act) {
        Thread thread = new Thread(
                () -> {
                    try {
                        act.run();
                    } catch (IOException e) {
                        // the listener was closed; what matters is kept with the scene
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for every script to end, which also means that every connection was made. */
    @Override
    public void close() throws IOException {
        try {
            scenes.forEach(scene -> scene.orTimeout(15, TimeUnit.SECONDS).join());
        } catch (CompletionException e) {
            throw new AssertionError("a script failed: " + e.getCause(), e.getCause());
        } finally {
            listener.close();
        }
    }
}

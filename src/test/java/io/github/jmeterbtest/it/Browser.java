package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven by its DevTools protocol. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String LISTENING = "DevTools listening on ";
    private static final long PATIENCE_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    /** URLs of all requests of the page. */
    final List<String> requests = new CopyOnWriteArrayList<>();
    /** Errors of the page's scripts. */
    final List<String> errors = new CopyOnWriteArrayList<>();

    /** {@return the program, if this machine has one} */
    static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Browser(Path profile, int width, int height) throws Exception {
        process = new ProcessBuilder(
                        program().orElseThrow().toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--window-size=" + width + "," + height,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String browser = awaitAddress();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(pageOf(URI.create(browser)), new Answers())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        call("Page.enable", Map.of());
        call("Network.enable", Map.of());
        call("Runtime.enable", Map.of());
    }

    private String awaitAddress() throws IOException {
        BufferedReader lines = process.errorReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(LISTENING)) {
                return line.substring(LISTENING.length());
            }
        }
        throw new IOException("Chromium ended");
    }

    private static URI pageOf(URI browser) throws IOException {
        String list = "http://" + browser.getAuthority() + "/json/list";
        for (JsonNode target : JSON.readTree(URI.create(list).toURL())) {
            if (target.get("type").asText().equals("page")) {
                return URI.create(target.get("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("Chromium has no page");
    }

    /** Opens a file, and returns when it is loaded. */
    void open(Path page) throws Exception {
        call("Page.navigate", Map.of("url", page.toUri().toString()));
        loaded.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** {@return what an expression is in the page} */
    String evaluate(String expression) throws Exception {
        JsonNode result = call("Runtime.evaluate", Map.of("expression", "String(" + expression + ")"));
        assertThat(result.has("exceptionDetails")).as(result.toString()).isFalse();
        return result.at("/result/value").asText();
    }

    /** Saves a picture of the whole page. */
    void picture(Path file) throws Exception {
        JsonNode result = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        Files.write(file, Base64.getDecoder().decode(result.get("data").asText()));
    }

    /** Changes what a page finds out about the user's wishes. */
    void dark(boolean dark) throws Exception {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** {@return the answer's result} */
    JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonNode all = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(all.has("error")).as(all.toString()).isFalse();
        return all.get("result");
    }

    @Override
    public void close() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                try {
                    take(JSON.readTree(message.toString()));
                } catch (IOException e) {
                    errors.add(e.toString());
                }
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(JsonNode message) {
            switch (message.path("method").asText()) {
                case "" -> answers.remove(message.get("id").asInt()).complete(message);
                case "Page.loadEventFired" -> loaded.complete(null);
                case "Network.requestWillBeSent" ->
                    requests.add(message.at("/params/request/url").asText());
                case "Runtime.exceptionThrown" ->
                    errors.add(message.get("params").toString());
                default -> {
                    // says nothing that a test needs
                }
            }
        }
    }
}

package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells in a few words who came to a server and got no test. */
public final class RefusedClients {
    private static final int MAX_SHOWN = 3;
    private static final int MAX_LENGTH = 200;

    private RefusedClients() {}

    /** {@return the last ones, the newest first, and how many there were beside them} */
    public static String text(List<Refusal> refusals, Instant now) {
        Map<String, List<Refusal>> alike = new LinkedHashMap<>();
        for (int i = refusals.size() - 1; i >= 0; i--) {
            alike.computeIfAbsent(text(refusals.get(i)), text -> new ArrayList<>())
                    .add(refusals.get(i));
        }
        String shown = alike.entrySet().stream()
                .limit(MAX_SHOWN)
                .map(entry -> entry.getKey() + times(entry.getValue(), now))
                .collect(Collectors.joining("; "));
        int others =
                alike.values().stream().skip(MAX_SHOWN).mapToInt(List::size).sum();
        return shown + (others == 0 ? "" : "; and " + others + " more");
    }

    private static String times(List<Refusal> alike, Instant now) {
        String age = Math.max(0, Duration.between(alike.get(0).at(), now).toSeconds()) + " s ago)";
        return alike.size() == 1 ? " (" + age : " (" + alike.size() + " times, last " + age;
    }

    private static String text(Refusal refusal) {
        String text = refusal.client().getHostAddress() + ": " + refusal.reason();
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}

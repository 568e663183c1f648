package io.github.jmeterbtest.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One entry of auth-vectors.json. What the fields mean stands in the file's _about. */
record Vectors(JsonNode fields) {

    private static final JsonNode FILE = read();

    static Stream<Vectors> section(String name) {
        return StreamSupport.stream(FILE.get(name).spliterator(), false).map(Vectors::new);
    }

    boolean has(String field) {
        return fields.hasNonNull(field);
    }

    String text(String field) {
        if (!has(field)) {
            throw new IllegalArgumentException("no field " + field + " in " + this);
        }
        return fields.get(field).asText();
    }

    int number(String field) {
        return Integer.parseInt(text(field));
    }

    byte[] bytes(String field) {
        return HexFormat.of().parseHex(text(field));
    }

    /** A frame without its length byte. */
    byte[] payload(String field) {
        return Frames.payload(bytes(field));
    }

    BigInteger integer(String field) {
        return new BigInteger(1, bytes(field));
    }

    Credentials credentials() {
        return new Credentials(text("username"), text("password"));
    }

    /** The name, for JUnit's displays. */
    @Override
    public String toString() {
        return has("name") ? text("name") : text("why") + " " + text("key");
    }

    private static JsonNode read() {
        try (InputStream in = Vectors.class.getResourceAsStream("auth-vectors.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

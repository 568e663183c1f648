package io.github.jmeterbtest;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What {@link Verdict} is told on the command line. */
final class VerdictOptions {
    private Path results;
    private int tests;
    private Path routers;
    private Path junit;

    private VerdictOptions() {}

    /** @throws IllegalArgumentException if something is wrong with one of them, and says what */
    static VerdictOptions of(List<String> arguments) {
        VerdictOptions options = new VerdictOptions();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            options.take(rest.next(), rest);
        }
        if (options.results == null) {
            throw new IllegalArgumentException("no results file given");
        }
        return options;
    }

    private void take(String argument, Iterator<String> rest) {
        switch (argument) {
            case "--tests" -> tests = count(value(argument, rest));
            case "--routers" -> routers = path(value(argument, rest));
            case "--junit" -> junit = path(value(argument, rest));
            default -> {
                if (results != null || argument.startsWith("--")) {
                    throw new IllegalArgumentException("unknown argument " + argument);
                }
                results = path(argument);
            }
        }
    }

    private static String value(String option, Iterator<String> rest) {
        if (rest.hasNext()) {
            return rest.next();
        }
        throw new IllegalArgumentException(option + " needs a value");
    }

    private static int count(String text) {
        if (text.matches("[1-9]\\d{0,8}")) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("--tests is " + text + "; must be a number from 1 to 999999999");
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(text + " cannot be the name of a file", e);
        }
    }

    Path results() {
        return results;
    }

    /** @return how many tests there must be; 0 for any number */
    int tests() {
        return tests;
    }

    Optional<Path> routers() {
        return Optional.ofNullable(routers);
    }

    Optional<Path> junit() {
        return Optional.ofNullable(junit);
    }
}

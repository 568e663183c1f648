package io.github.jmeterbtest.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** Range checks of client and server options: the message names the field, the value and what would be right. */
final class Options {
    private Options() {
    }

    static void inRange(String field, long value, long min, long max) throws BtestException {
        if (value < min || value > max) {
            throw invalid(field + " is " + value + "; give " + min + " to " + max);
        }
    }

    static void inRange(String field, Duration value, Duration min, Duration max) throws BtestException {
        if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw invalid(field + " is " + (value == null ? "missing" : seconds(value))
                    + "; give " + seconds(min) + " to " + seconds(max));
        }
    }

    static String notBlank(String field, String value) throws BtestException {
        if (value == null || value.isBlank()) {
            throw invalid(field + " is empty; give a host name or an address");
        }
        return value.trim();
    }

    /** @return the address; loopback names and literals need no DNS */
    static InetAddress address(String field, String value) throws BtestException {
        try {
            return InetAddress.getByName(notBlank(field, value));
        } catch (UnknownHostException e) {
            throw new BtestException(ErrorKind.INVALID_OPTION,
                    field + " \"" + value + "\" is no known host name or address", e);
        }
    }

    static void present(String field, Object value) throws BtestException {
        if (value == null) {
            throw invalid(field + " is missing");
        }
    }

    static BtestException invalid(String message) {
        return new BtestException(ErrorKind.INVALID_OPTION, message);
    }

    private static String seconds(Duration duration) {
        return duration.getNano() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}

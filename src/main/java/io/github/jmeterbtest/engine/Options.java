package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Range checks of client and server options: the message names the field, the value and what would be right. */
final class Options {
    private static final Duration NAME_SERVICE_PATIENCE = Duration.ofSeconds(5);

    private Options() {}

    static void inRange(String field, long value, long min, long max) throws BtestException {
        if (value < min || value > max) {
            throw invalid(field + " is " + value + "; give " + min + " to " + max);
        }
    }

    static void inRange(String field, Duration value, Duration min, Duration max) throws BtestException {
        if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw invalid(field + " is " + (value == null ? "missing" : seconds(value)) + "; give " + seconds(min)
                    + " to " + seconds(max));
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
        String host = notBlank(field, value);
        try {
            return HostNames.SYSTEM.addresses(host, NAME_SERVICE_PATIENCE).get(0);
        } catch (SocketTimeoutException e) {
            throw silentNameService(field, host, e);
        } catch (IOException e) {
            throw unknownHost(field, host, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BtestException(ErrorKind.STOPPED, "stopped during the DNS lookup of " + host, e);
        }
    }

    static BtestException unknownHost(String field, String host, IOException cause) {
        return new BtestException(
                ErrorKind.INVALID_OPTION, field + " \"" + host + "\" is not a known host name or address", cause);
    }

    static BtestException silentNameService(String field, String host, SocketTimeoutException cause) {
        return new BtestException(
                ErrorKind.UNREACHABLE,
                "no DNS answer for " + field + " \"" + host + "\" (" + cause.getMessage()
                        + "); check the DNS, or enter an IP address",
                cause);
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

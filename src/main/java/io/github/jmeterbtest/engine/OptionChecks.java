package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.Rate;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Checks of client and server options: the message names the option, the value and what would be right. */
final class OptionChecks {
    /** Linux takes names of up to 15 characters. */
    private static final Pattern CONGESTION_CONTROL = Pattern.compile("[\\w-]{1,15}");

    private OptionChecks() {}

    static void inRange(String option, long value, long min, long max) throws BtestException {
        if (value < min || value > max) {
            throw BtestException.invalidOption(option, "is " + value + "; must be " + min + " to " + max);
        }
    }

    static void inRange(String option, Duration value, Duration min, Duration max) throws BtestException {
        if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw BtestException.invalidOption(
                    option,
                    "is " + (value == null ? "missing" : text(value)) + "; must be " + text(min) + " to " + text(max));
        }
    }

    static void speed(String option, long bitsPerSecond) throws BtestException {
        if (bitsPerSecond < 0 || bitsPerSecond > ClientOptions.MAX_SPEED) {
            String value = bitsPerSecond < 0 ? bitsPerSecond + " bit/s" : Rate.formatExactly(bitsPerSecond);
            throw BtestException.invalidOption(
                    option,
                    "is " + value + "; must be at most " + Rate.formatExactly(ClientOptions.MAX_SPEED)
                            + ", or 0 for unlimited");
        }
    }

    /** Whether the system has it, only the system can say. */
    static void congestionControl(String name) throws BtestException {
        if (!name.isEmpty() && !CONGESTION_CONTROL.matcher(name).matches()) {
            throw BtestException.invalidOption(
                    "congestion control", "is \"" + name + "\"; must be a name of Linux, such as cubic or bbr");
        }
    }

    static String notBlank(String option, String value) throws BtestException {
        if (value == null || value.isBlank()) {
            throw BtestException.invalidOption(option, "is empty; must be a host name or an IP address");
        }
        return value.trim();
    }

    static void present(String option, Object value) throws BtestException {
        if (value == null) {
            throw BtestException.invalidOption(option, "is missing");
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

    static BtestException invalid(String message) {
        return new BtestException(ErrorKind.INVALID_OPTION, message);
    }

    private static String text(Duration duration) {
        return duration.toNanosPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}

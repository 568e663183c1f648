package io.github.jmeterbtest.engine.platform;

import java.lang.invoke.MethodHandle;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * System calls that Java has no methods for, on Linux with Java 22 or newer. Their numbers and structures are those of
 * 64-bit Linux (manual pages of the calls, and udp(7)). Each returns -1 where it failed, without the reason.
 */
final class SystemCalls {
    static final int IPPROTO_IP = 0;
    static final int IP_TOS = 1;
    static final int IPPROTO_TCP = 6;
    static final int TCP_INFO = 11;
    static final int TCP_CONGESTION = 13;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_TCLASS = 67;
    static final int SOL_SOCKET = 1;
    static final int SO_TYPE = 3;
    static final int SO_RXQ_OVFL = 40;
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;
    static final int SOCK_STREAM = 1;
    static final int SOCK_DGRAM = 2;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int SHUT_RDWR = 2;

    private static final Logger LOG = LoggerFactory.getLogger(SystemCalls.class);
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

    // constants, or calling them would cost ten times as much
    private static final MethodHandle GETSOCKNAME;
    private static final MethodHandle GETPEERNAME;
    private static final MethodHandle GETSOCKOPT;
    private static final MethodHandle SETSOCKOPT;
    private static final MethodHandle RECVMSG;
    private static final MethodHandle RECV;
    private static final MethodHandle DUP;
    private static final MethodHandle SHUTDOWN;
    private static final MethodHandle CLOSE;
    private static final String WHY_NOT;

    static {
        MethodHandle[] found = new MethodHandle[9];
        String whyNot = whyNotToTry();
        if (whyNot.isEmpty()) {
            try {
                ForeignFunctions functions = new ForeignFunctions();
                found = new MethodHandle[] {
                    functions.find("getsockname", int.class, int.class, long.class, long.class),
                    functions.find("getpeername", int.class, int.class, long.class, long.class),
                    functions.find("getsockopt", int.class, int.class, int.class, int.class, long.class, long.class),
                    functions.find("setsockopt", int.class, int.class, int.class, int.class, long.class, int.class),
                    functions.find("recvmsg", long.class, int.class, long.class, int.class),
                    functions.find("recv", long.class, int.class, long.class, long.class, int.class),
                    functions.find("dup", int.class, int.class),
                    functions.find("shutdown", int.class, int.class, int.class),
                    functions.find("close", int.class, int.class)
                };
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                LOG.debug("no system calls from this Java", e);
                whyNot = "Java does not allow native access, or the C library lacks a function";
            }
        }
        GETSOCKNAME = found[0];
        GETPEERNAME = found[1];
        GETSOCKOPT = found[2];
        SETSOCKOPT = found[3];
        RECVMSG = found[4];
        RECV = found[5];
        DUP = found[6];
        SHUTDOWN = found[7];
        CLOSE = found[8];
        WHY_NOT = whyNot;
    }

    private SystemCalls() {}

    private static String whyNotToTry() {
        String system = System.getProperty("os.name");
        String architecture = System.getProperty("os.arch");
        if (!system.equals("Linux") || !ARCHITECTURES.contains(architecture)) {
            return "not for " + system + " on " + architecture;
        }
        return ForeignFunctions.inThisJava()
                ? ""
                : "needs Java 22 or newer, this is " + Runtime.version().feature();
    }

    /** @return why no call can be made; empty if it can */
    static String whyNot() {
        return WHY_NOT;
    }

    static boolean available() {
        return WHY_NOT.isEmpty();
    }

    /**
     * @param name gets a {@code sockaddr}
     * @param length of {@code name}, gets that of the {@code sockaddr}
     */
    static int getsockname(int fd, long name, long length) {
        try {
            return (int) GETSOCKNAME.invokeExact(fd, name, length);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** As {@link #getsockname}, for the other end. */
    static int getpeername(int fd, long name, long length) {
        try {
            return (int) GETPEERNAME.invokeExact(fd, name, length);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /**
     * @param value gets the option's value
     * @param length of {@code value}, gets that of the option
     */
    static int getsockopt(int fd, int level, int option, long value, long length) {
        try {
            return (int) GETSOCKOPT.invokeExact(fd, level, option, value, length);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static int setsockopt(int fd, int level, int option, long value, int length) {
        try {
            return (int) SETSOCKOPT.invokeExact(fd, level, option, value, length);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** @return bytes that were received; waits for them if the socket is blocking */
    static long recvmsg(int fd, long message) {
        try {
            return (long) RECVMSG.invokeExact(fd, message, 0);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Takes what has come over TCP and is there, without copying it (tcp(7), {@code MSG_TRUNC}). */
    static long discard(int fd, long maxBytes) {
        try {
            return (long) RECV.invokeExact(fd, 0L, maxBytes, MSG_TRUNC | MSG_DONTWAIT);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static int dup(int fd) {
        try {
            return (int) DUP.invokeExact(fd);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Ends both directions, and wakes who waits in a call; with UDP too, although it then returns -1. */
    static int shutdown(int fd) {
        try {
            return (int) SHUTDOWN.invokeExact(fd, SHUT_RDWR);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    static int close(int fd) {
        try {
            return (int) CLOSE.invokeExact(fd);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static RuntimeException failed(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a system call could not be made", e);
    }
}

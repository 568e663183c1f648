package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.auth.EcSrp5Verifiers;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.time.Duration;

/**
 * What a server offers: made by a {@link Builder}, checked once, then never changed. Some names are RouterOS's, such as
 * max-sessions.
 */
public final class ServerOptions {
    /**
     * Maximum port that UDP ports can begin with, since the client's port is the server's plus 256; the minimum is 1.
     */
    public static final int MAX_UDP_PORTS_FROM = 0xFFFF - UdpHeader.CLIENT_PORT_OFFSET;
    /** Maximum number of sessions at once; the minimum is 1. */
    public static final int MAX_SESSIONS = 10_000;
    /** Maximum number of UDP ports that a server may use. */
    public static final int MAX_UDP_PORTS = 10_000;

    private final Builder values;

    private ServerOptions(Builder values) {
        this.values = values;
    }

    /** @return a builder: 127.0.0.1, port 2000, no login, UDP ports from 2001, 100 sessions */
    public static Builder builder() {
        return new Builder();
    }

    /** @return address to listen on, such as 127.0.0.1, 0.0.0.0 or :: */
    public String bindAddress() {
        return values.bindAddress;
    }

    /** @return TCP port to listen on, 0 for any free one */
    public int port() {
        return values.port;
    }

    /** @return the login that clients must pass */
    public Authentication authentication() {
        return values.authentication;
    }

    /** @return the one user and password that pass */
    public Credentials credentials() {
        return values.credentials;
    }

    /** @return secret, 32 bytes, from which EC-SRP5 salts are derived; empty to generate a new one per server */
    public byte[] ecSrp5Secret() {
        return values.ecSrp5Secret.clone();
    }

    /** @return whether to blind the server's EC-SRP5 key with a random point of small order */
    public boolean ecSrp5TorsionBlinding() {
        return values.ecSrp5TorsionBlinding;
    }

    /** @return the first UDP port to hand out (RouterOS: allocate-udp-ports-from) */
    public int udpPortsFrom() {
        return values.udpPortsFrom;
    }

    /** @return how many UDP ports from there on may be handed out */
    public int udpPortCount() {
        return values.udpPortCount;
    }

    /** @return sessions that may run at once (RouterOS: max-sessions) */
    public int maxSessions() {
        return values.maxSessions;
    }

    /** @return how long a client may take for its command and its login; further connections have time of their own */
    public Duration handshakeTimeout() {
        return values.handshakeTimeout;
    }

    /** @return how long a test may run before the server ends it */
    public Duration maxDuration() {
        return values.maxDuration;
    }

    /** @return how often sessions report */
    public Duration interval() {
        return values.interval;
    }

    /** @return how long the client may stay silent before it counts as lost */
    public Duration lostPeerTime() {
        return values.lostPeerTime;
    }

    /** @return DSCP of everything that the server sends, 0..63; 0 for what the system chooses */
    public int dscp() {
        return values.dscp;
    }

    /** Collects the options; {@link #build()} checks them. */
    public static final class Builder implements Cloneable {
        private String bindAddress = "127.0.0.1";
        private int port = ClientOptions.DEFAULT_PORT;
        private Authentication authentication = Authentication.NONE;
        private Credentials credentials = new Credentials("", "");
        private byte[] ecSrp5Secret = {};
        private boolean ecSrp5TorsionBlinding;
        private int udpPortsFrom = 2001;
        private int udpPortCount = 1000;
        private int maxSessions = 100;
        private Duration handshakeTimeout = Duration.ofSeconds(10);
        private Duration maxDuration = Duration.ofHours(24);
        private Duration interval = Duration.ofSeconds(1);
        private Duration lostPeerTime = Duration.ofSeconds(5);
        private int dscp;

        private Builder() {}

        /** @param bindAddress address of this machine, or 0.0.0.0 or :: for all */
        public Builder bindAddress(String bindAddress) {
            this.bindAddress = bindAddress;
            return this;
        }

        /** @param port 0..65535; 0 for any free one */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** @param authentication what clients must pass; not {@link Authentication#AUTO} */
        public Builder authentication(Authentication authentication) {
            this.authentication = authentication;
            return this;
        }

        /** @param credentials the one user and password that pass; the password may be empty */
        public Builder credentials(Credentials credentials) {
            this.credentials = credentials;
            return this;
        }

        /**
         * @param secret 32 bytes, or none for a fresh secret; a server that restarts often should be given the same
         *     each time, because every fresh one tells strangers 3 bits about the password
         */
        public Builder ecSrp5Secret(byte[] secret) {
            this.ecSrp5Secret = secret.clone();
            return this;
        }

        /**
         * @param torsionBlinding true to close that leak altogether; known clients work with it, but no RouterOS has
         *     been tried. See {@link io.github.jmeterbtest.auth.EcSrp5Verifiers}
         */
        public Builder ecSrp5TorsionBlinding(boolean torsionBlinding) {
            this.ecSrp5TorsionBlinding = torsionBlinding;
            return this;
        }

        /** @param port 1..65279, since the client's port is the server's plus 256 */
        public Builder udpPortsFrom(int port) {
            this.udpPortsFrom = port;
            return this;
        }

        /** @param count 1..10000 */
        public Builder udpPortCount(int count) {
            this.udpPortCount = count;
            return this;
        }

        /** @param maxSessions 1..10000 */
        public Builder maxSessions(int maxSessions) {
            this.maxSessions = maxSessions;
            return this;
        }

        /** @param handshakeTimeout 20 ms .. 10 min */
        public Builder handshakeTimeout(Duration handshakeTimeout) {
            this.handshakeTimeout = handshakeTimeout;
            return this;
        }

        /** @param maxDuration 20 ms .. 7 days */
        public Builder maxDuration(Duration maxDuration) {
            this.maxDuration = maxDuration;
            return this;
        }

        /** @param interval 20 ms .. 5 s */
        public Builder interval(Duration interval) {
            this.interval = interval;
            return this;
        }

        /** @param lostPeerTime 1 s .. 10 min */
        public Builder lostPeerTime(Duration lostPeerTime) {
            this.lostPeerTime = lostPeerTime;
            return this;
        }

        /** @param dscp 0..63, for everything that the server sends; 0 for what the system chooses */
        public Builder dscp(int dscp) {
            this.dscp = dscp;
            return this;
        }

        /**
         * @return the options
         * @throws BtestException of kind {@link ErrorKind#INVALID_OPTION}, naming the field, its value and what would
         *     be right
         */
        public ServerOptions build() throws BtestException {
            bindAddress = OptionChecks.notBlank("bind address", bindAddress);
            OptionChecks.inRange("port", port, 0, ClientOptions.MAX_PORT);
            OptionChecks.present("authentication", authentication);
            OptionChecks.present("user and password", credentials);
            if (authentication == Authentication.AUTO) {
                throw BtestException.invalidOption(
                        "authentication", "is auto; must be none, md5 or ec-srp5 for a server");
            }
            if (authentication != Authentication.NONE && credentials.user().isEmpty()) {
                throw BtestException.invalidOption(
                        "user", "is empty; authentication " + authentication + " requires one");
            }
            if (ecSrp5Secret.length != 0 && ecSrp5Secret.length != EcSrp5Verifiers.SECRET_LENGTH) {
                throw BtestException.invalidOption(
                        "EC-SRP5 secret",
                        "has " + ecSrp5Secret.length + " bytes; must be " + EcSrp5Verifiers.SECRET_LENGTH + " or none");
            }
            OptionChecks.inRange("allocate-udp-ports-from", udpPortsFrom, 1, MAX_UDP_PORTS_FROM);
            OptionChecks.inRange("UDP port count", udpPortCount, 1, MAX_UDP_PORTS);
            OptionChecks.inRange("max-sessions", maxSessions, 1, MAX_SESSIONS);
            OptionChecks.inRange(
                    "handshake timeout", handshakeTimeout, ClientOptions.MIN_TIMEOUT, ClientOptions.MAX_TIMEOUT);
            OptionChecks.inRange(
                    "maximum duration", maxDuration, ClientOptions.MIN_DURATION, ClientOptions.MAX_DURATION);
            OptionChecks.inRange("interval", interval, ClientOptions.MIN_INTERVAL, ClientOptions.MAX_INTERVAL);
            OptionChecks.inRange(
                    "assume-lost-time",
                    lostPeerTime,
                    ClientOptions.MIN_LOST_PEER_TIME,
                    ClientOptions.MAX_LOST_PEER_TIME);
            OptionChecks.inRange("dscp", dscp, 0, ClientOptions.MAX_DSCP);
            try {
                return new ServerOptions((Builder) clone());
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}

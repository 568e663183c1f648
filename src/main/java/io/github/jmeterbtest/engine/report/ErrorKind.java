package io.github.jmeterbtest.engine.report;

/** Why a bandwidth test failed; one kind for each cause that calls for a different remedy. */
public enum ErrorKind {
    /** A field of the options is wrong. */
    INVALID_OPTION,
    /** The host name is unknown, or this system, a router or a firewall says that it has no route to it. */
    UNREACHABLE,
    /** Nothing listens on the server's port. */
    CONNECT_REFUSED,
    /** No answer to the TCP connect within the connect timeout. */
    CONNECT_TIMEOUT,
    /** Connected, but the peer does not speak the bandwidth test protocol. */
    NOT_A_BTEST_SERVER,
    /** The server refuses the test, for another reason than user or password. */
    REFUSED,
    /** Wrong user or password, on either side. */
    AUTHENTICATION_FAILED,
    /** The peer does not offer the login method that is required here. */
    AUTHENTICATION_NOT_OFFERED,
    /** The server requires a login, and no user is given. */
    CREDENTIALS_MISSING,
    /** The peer violated the protocol. */
    PROTOCOL,
    /** The peer did not finish the handshake in time. */
    HANDSHAKE_TIMEOUT,
    /** The peer closed the test early or fell silent. */
    PEER_LOST,
    /** Everything went well, but no test data arrived in a direction that was tested. */
    NO_DATA,
    /** The local UDP port that the protocol prescribes is in use. */
    UDP_PORT_TAKEN,
    /** The server cannot listen on its address and port. */
    BIND_FAILED,
    /** No client got a test from the server in time. */
    NO_SESSION,
    /** Stopped by this end. */
    STOPPED,
    /** Any other failure of the operating system: of its network, or a lack of sockets or threads. */
    IO
}

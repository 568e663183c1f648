package io.github.jmeterbtest.engine.report;

/** Why a bandwidth test failed; one kind for each thing that a user would mend differently. */
public enum ErrorKind {
    /** A field of the options is wrong. */
    INVALID_OPTION,
    /** The host name is unknown, or this system, a router or a firewall says that no way leads there. */
    UNREACHABLE,
    /** Nobody listens on the server's port. */
    CONNECT_REFUSED,
    /** No answer to the TCP connect within the connect timeout. */
    CONNECT_TIMEOUT,
    /** Connected, but the peer does not speak the bandwidth test protocol. */
    NOT_A_BTEST_SERVER,
    /** The server refuses the test, and not because of user or password. */
    REFUSED,
    /** Wrong user or password, on either side. */
    AUTHENTICATION_FAILED,
    /** The peer does not ask for the login method that is demanded here. */
    AUTHENTICATION_NOT_OFFERED,
    /** The server asks for a login, and no user is given. */
    CREDENTIALS_MISSING,
    /** The peer broke the protocol. */
    PROTOCOL,
    /** The peer did not finish the handshake in time. */
    HANDSHAKE_TIMEOUT,
    /** The peer closed the test early or is not heard of any more. */
    PEER_LOST,
    /** Everything went well, but no test data arrived in a direction that was tested. */
    NO_DATA,
    /** The local UDP port that the protocol prescribes is taken. */
    UDP_PORT_TAKEN,
    /** The server cannot listen on its address and port. */
    BIND_FAILED,
    /** No client came to the server in time. */
    NO_SESSION,
    /** Ended from this side before its time. */
    STOPPED,
    /** Any other failure of the operating system: of its network, or because it gives no more sockets or threads. */
    IO
}

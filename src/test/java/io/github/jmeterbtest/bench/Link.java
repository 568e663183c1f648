package io.github.jmeterbtest.bench;

import io.github.jmeterbtest.harness.NetworkLab;
import io.github.jmeterbtest.harness.NetworkLab.Host;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What lies between client and server.
 *
 * @param name empty for the loopback
 * @param serverAddress as the client sees it
 * @param onClient turns a command line into one that runs where the client is
 * @param onServer turns a command line into one that runs where the server is
 */
record Link(
        String name, String serverAddress, UnaryOperator<List<String>> onClient, UnaryOperator<List<String>> onServer) {
    static Link loopback() {
        return new Link("", "127.0.0.1", UnaryOperator.identity(), UnaryOperator.identity());
    }

    /** @return the way between the lab's two hosts, over its router */
    static Link wire(NetworkLab lab) {
        return new Link(
                "wire ",
                Host.RIGHT.address,
                command -> lab.commandOn(Host.LEFT, command),
                command -> lab.commandOn(Host.RIGHT, command));
    }
}

package io.github.jmeterbtest.bench;

/**
 * What to measure.
 *
 * @param protocol tcp or udp
 * @param direction receive, transmit or both
 * @param size size of an IP packet, bytes; 0 for TCP
 */
record Workload(String protocol, String direction, int size) {
    boolean udp() {
        return protocol.equals("udp");
    }

    @Override
    public String toString() {
        return udp() ? protocol + " " + direction + " " + size : protocol + " " + direction;
    }
}

package io.github.jmeterbtest.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What to measure.
 *
 * @param protocol tcp or udp
 * @param direction receive, transmit or both
 * @param size size of an IP packet, bytes; 0 for TCP
 * @param connections TCP connections or UDP streams
 */
record Workload(String protocol, String direction, int size, int connections) {
    /** @return what the benchmark measures */
    static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        for (String direction : List.of("receive", "transmit", "both")) {
            all.add(new Workload("tcp", direction, 0, 1));
        }
        for (int connections : new int[] {1, 4}) {
            for (int size : new int[] {1500, 200, 64}) {
                all.add(new Workload("udp", "receive", size, connections));
                all.add(new Workload("udp", "transmit", size, connections));
            }
        }
        return all;
    }

    boolean udp() {
        return protocol.equals("udp");
    }

    /** @return the size of IP packets that takes an option in every case, bytes */
    int sizeOption() {
        return udp() ? size : 1500;
    }

    @Override
    public String toString() {
        String words = udp() ? protocol + " " + direction + " " + size : protocol + " " + direction;
        return connections == 1 ? words : words + " x" + connections;
    }
}

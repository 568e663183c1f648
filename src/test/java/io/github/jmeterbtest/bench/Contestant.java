package io.github.jmeterbtest.bench;

import java.io.IOException;

/** Something that measures throughput. */
interface Contestant {
    String name();

    /** @return whether it can run that workload */
    default boolean takesPart(Workload workload) {
        return true;
    }

    /** Runs client and server, each in a process of its own. */
    Figures run(Workload workload, Link link, int seconds) throws IOException, InterruptedException;
}

package io.github.jmeterbtest.bench;

import java.io.IOException;

/** Something that measures throughput. */
interface Contestant {
    String name();

    /** @return what arrived, both directions together, bit/s; UDP with IP and UDP headers */
    double run(Workload workload, int seconds) throws IOException;
}

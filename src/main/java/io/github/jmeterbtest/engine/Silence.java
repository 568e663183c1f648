package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;

/** How long nothing need be heard of a peer that is alive. */
final class Silence {
    private Silence() {
    }

    /**
     * @param lostPeerTime the time that the user allows
     * @param speed        cap of the slowest side that may be all that is heard, bit/s; 0 for none
     * @return that time, and over TCP, where a slow sender may write whole blocks, two blocks more
     */
    static Duration allowed(Duration lostPeerTime, Command command, long speed) {
        if (command.protocol() == Protocol.UDP || speed == 0) {
            return lostPeerTime;
        }
        return lostPeerTime.plusSeconds(2L * 8 * Math.max(command.txSize(), Command.TCP_TX_SIZE) / speed);
    }
}

package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;

/** How long nothing need be heard of a peer that is alive. */
public final class LostPeerTimeout {
    /** A peer that has nothing to send says its status each second. */
    private static final long BETWEEN_STATUSES_SECONDS = 1;

    private static final long MAX_BLOCKS_SECONDS = 60;

    private LostPeerTimeout() {}

    /**
     * @param side the end that allows it
     * @param lostPeerTime what its user has set
     * @return what it allows, more than the lost-peer time
     */
    public static Duration of(Side side, Duration lostPeerTime, Command command) {
        boolean clientReceives = command.direction() == Direction.RECEIVE;
        // where a client sends, the server says a status each second; a client says nothing, and if it only receives,
        // that it takes the server's own slow data is all that shows it is there
        long sendsSlowly = side == Side.CLIENT ? 0 : command.localTxSpeed();
        return allowed(lostPeerTime, command, clientReceives ? command.remoteTxSpeed() : sendsSlowly);
    }

    /**
     * A slow sender over TCP may write whole blocks; two of them may pass. Nobody holds a session for long by saying it
     * is slow.
     */
    private static Duration allowed(Duration lostPeerTime, Command command, long speed) {
        long blocks = command.protocol() == Protocol.UDP || speed == 0
                ? 0
                : 2L * 8 * Math.max(command.txSize(), Command.TCP_TX_SIZE) / speed;
        return lostPeerTime.plusSeconds(BETWEEN_STATUSES_SECONDS + Math.min(blocks, MAX_BLOCKS_SECONDS));
    }
}

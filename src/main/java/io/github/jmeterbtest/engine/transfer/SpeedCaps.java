package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Protocol;

/**
 * How fast the two directions of a test may be.
 *
 * @param rx bit/s that may come in; 0 if nothing should
 * @param tx bit/s that may go out; 0 if nothing should
 * @param txSize bytes of a packet or a block
 */
public record SpeedCaps(double rx, double tx, int txSize) {
    private static final double AS_GOOD_AS = 0.98;
    private static final double SLOW = 100e6;
    private static final double FEW_A_SECOND = 20_000;

    /** @return the caps of that end */
    public static SpeedCaps of(Side side, Command command) {
        return new SpeedCaps(
                cap(side.receives(command.direction()), side.rxSpeed(command)),
                cap(side.transmits(command.direction()), side.txSpeed(command)),
                command.protocol() == Protocol.TCP ? Command.TCP_TX_SIZE : command.txSize());
    }

    private static double cap(boolean tested, long speed) {
        if (!tested) {
            return 0;
        }
        return speed == 0 ? Double.POSITIVE_INFINITY : speed;
    }

    /**
     * @return whether data threads have time to wait: both directions are capped, and far below what one core can move
     */
    public boolean slow() {
        double max = Math.max(rx, tx);
        return max <= SLOW && max / 8 / txSize <= FEW_A_SECOND;
    }

    /** @return whether the test runs as fast as it may, so that nothing else is its limit */
    boolean reached(double rxBitsPerSecond, double txBitsPerSecond) {
        return rxBitsPerSecond >= rx * AS_GOOD_AS && txBitsPerSecond >= tx * AS_GOOD_AS;
    }
}

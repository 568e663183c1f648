package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.Command;

/**
 * How fast the two directions of a test may be.
 *
 * @param rx bit/s that may come in; 0 if nothing should
 * @param tx bit/s that may go out; 0 if nothing should
 */
record SpeedCaps(double rx, double tx) {
    private static final double AS_GOOD_AS = 0.98;
    private static final double SLOW = 100e6;

    static SpeedCaps ofClient(Command command) {
        return new SpeedCaps(cap(command.direction().clientReceives(), command.remoteTxSpeed()),
                cap(command.direction().clientTransmits(), command.localTxSpeed()));
    }

    static SpeedCaps ofServer(Command command) {
        SpeedCaps client = ofClient(command);
        return new SpeedCaps(client.tx, client.rx);
    }

    private static double cap(boolean tested, long speed) {
        if (!tested) {
            return 0;
        }
        return speed == 0 ? Double.POSITIVE_INFINITY : speed;
    }

    /** @return whether data threads have time to wait: both directions are capped, and far below what one core can move */
    boolean slow() {
        return rx <= SLOW && tx <= SLOW;
    }

    /** @return whether the test runs as fast as it may, so that nothing else is its limit */
    boolean reached(double rxBitsPerSecond, double txBitsPerSecond) {
        return rxBitsPerSecond >= rx * AS_GOOD_AS && txBitsPerSecond >= tx * AS_GOOD_AS;
    }
}

package io.github.jmeterbtest.engine.transfer;

/** All counters of a transfer at one moment. */
record Snapshot(
        long rxBytes, long txBytes, long rxPackets, long txPackets, long lost, long reordered, long duplicates) {

    static Snapshot of(Transfer transfer) {
        // bytes first: they matter most, so they must be closest to the time of the snapshot
        return new Snapshot(
                transfer.rxBytes(),
                transfer.txBytes(),
                transfer.rxPackets(),
                transfer.txPackets(),
                transfer.lostPackets(),
                transfer.reorderedPackets(),
                transfer.duplicatePackets());
    }

    /** @return what was counted since that snapshot */
    Snapshot minus(Snapshot before) {
        return new Snapshot(
                rxBytes - before.rxBytes,
                txBytes - before.txBytes,
                rxPackets - before.rxPackets,
                txPackets - before.txPackets,
                lost - before.lost,
                reordered - before.reordered,
                duplicates - before.duplicates);
    }

    /**
     * A datagram that comes late takes back the loss that was counted for it. Where that falls into a later interval,
     * the next losses are set off against it, so that no interval has less than none.
     */
    Snapshot after(Snapshot before) {
        return new Snapshot(rxBytes, txBytes, rxPackets, txPackets, Math.max(lost, before.lost), reordered, duplicates);
    }
}

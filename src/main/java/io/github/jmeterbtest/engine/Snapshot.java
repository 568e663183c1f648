package io.github.jmeterbtest.engine;

/** All counters of a transfer at one moment. */
record Snapshot(long rxBytes, long txBytes, long rxPackets, long txPackets, long lost, long reordered, long duplicates,
                long statuses, long remoteRxBytes, int remoteCpu) {

    static Snapshot of(Transfer transfer) {
        // bytes first: they are what must belong to the moment of the cut
        return new Snapshot(transfer.rxBytes(), transfer.txBytes(), transfer.rxPackets(), transfer.txPackets(),
                transfer.lostPackets(), transfer.reorderedPackets(), transfer.duplicatePackets(),
                transfer.peerStatus().count(), transfer.peerStatus().bytes(), transfer.peerStatus().cpuLoad());
    }

    /** @return what happened from another moment to this one */
    IntervalReport since(Snapshot before, int index, long startNanos, long lengthNanos) {
        long remoteNews = statuses == before.statuses ? IntervalReport.UNKNOWN : remoteRxBytes - before.remoteRxBytes;
        return new IntervalReport(index, startNanos, lengthNanos, rxBytes - before.rxBytes, txBytes - before.txBytes,
                rxPackets - before.rxPackets, txPackets - before.txPackets, lost - before.lost,
                reordered - before.reordered, duplicates - before.duplicates, remoteNews, remoteCpu, CpuLoad.percent());
    }
}

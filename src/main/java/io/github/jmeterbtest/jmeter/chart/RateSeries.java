package io.github.jmeterbtest.jmeter.chart;

import java.util.Arrays;

/**
 * Rates over time in buckets of equal length, aligned to the clock; adds up whatever falls into the same time. The
 * owner gives the length of the buckets and keeps their number bounded by {@link #coarsen} on all its series.
 */
final class RateSeries {
    private long first;
    private Bucket[] buckets = new Bucket[0];

    /** Adds what was measured, shared out over the buckets by time, so that no bit is counted twice or left out. */
    void add(ChartSpan span, long bucketMillis) {
        long last = Math.floorDiv(span.endMillis() - 1, bucketMillis);
        for (long index = Math.floorDiv(span.startMillis(), bucketMillis); index <= last; index++) {
            long begin = index * bucketMillis;
            bucket(index)
                    .add(
                            span,
                            begin,
                            Math.max(begin, span.startMillis()),
                            Math.min(begin + bucketMillis, span.endMillis()));
        }
    }

    /** Makes each two buckets one. */
    void coarsen(long bucketMillis) {
        Bucket[] fine = buckets;
        long fineFirst = first;
        buckets = new Bucket[0];
        for (int i = 0; i < fine.length; i++) {
            if (fine[i] != null) {
                long index = fineFirst + i;
                bucket(Math.floorDiv(index, 2)).add(fine[i], Math.floorMod(index, 2) * bucketMillis);
            }
        }
    }

    /**
     * Looks at it in steps of several buckets.
     *
     * @param fromStep index of the first step, counted from 1970
     * @param steps how many
     * @param width buckets in a step
     * @param untilStep the first step that is not known well enough to be shown
     */
    ChartLine.Values values(long fromStep, int steps, int width, long untilStep, long bucketMillis) {
        ChartLine.Values values = new ChartLine.Values(steps);
        for (int i = 0; i < steps && fromStep + i < untilStep; i++) {
            Bucket whole = new Bucket();
            long index = (fromStep + i) * width;
            for (int part = 0; part < width; part++) {
                Bucket bucket = existing(index + part);
                if (bucket != null) {
                    whole.add(bucket, part * bucketMillis);
                }
            }
            whole.writeTo(values, i);
        }
        return values;
    }

    RateSeries copy() {
        RateSeries copy = new RateSeries();
        copy.first = first;
        copy.buckets = new Bucket[buckets.length];
        for (int i = 0; i < buckets.length; i++) {
            copy.buckets[i] = buckets[i] == null ? null : buckets[i].copy();
        }
        return copy;
    }

    /** {@return how many buckets it keeps room for} */
    int room() {
        return buckets.length;
    }

    private Bucket existing(long index) {
        long at = index - first;
        return at < 0 || at >= buckets.length ? null : buckets[(int) at];
    }

    private Bucket bucket(long index) {
        if (buckets.length == 0) {
            first = index;
            buckets = new Bucket[16];
        } else if (index < first) {
            int more = (int) (first - index);
            Bucket[] grown = new Bucket[buckets.length + more];
            System.arraycopy(buckets, 0, grown, more, buckets.length);
            buckets = grown;
            first = index;
        } else if (index - first >= buckets.length) {
            int needed = (int) (index - first) + 1;
            buckets = Arrays.copyOf(buckets, Math.max(needed, Math.min(buckets.length * 2, ChartModel.MAX_BUCKETS)));
        }
        int at = (int) (index - first);
        if (buckets[at] == null) {
            buckets[at] = new Bucket();
        }
        return buckets[at];
    }

    /** What was measured in one piece of time, and from when to when there was something to measure. */
    private static final class Bucket {
        private double rxBits;
        private double txBits;
        /** Whether there is a part of what was sent that nobody knows, so that the whole is not known either. */
        private boolean txUnknown;
        /** Of the length, the time of such buckets that have become part of this one. */
        private long txUnknownMillis;

        private double lost;
        /** Latency by the time in which it was known. */
        private double rttBySeconds;

        private double rttSeconds;
        // a damaged file makes buckets of years, which are too long for an int
        private long from = Long.MAX_VALUE;
        private long to = Long.MIN_VALUE;

        void add(ChartSpan span, long begin, long start, long end) {
            double seconds = (end - start) / 1e3;
            rxBits += span.rxBitsPerSecond() * seconds;
            if (span.isTxKnown()) {
                txBits += span.txBitsPerSecond() * seconds;
            } else {
                txUnknown = true;
            }
            lost += (double) span.lostPackets() * (end - start) / span.lengthMillis();
            if (!Double.isNaN(span.rttMillis())) {
                rttBySeconds += span.rttMillis() * seconds;
                rttSeconds += seconds;
            }
            from = Math.min(from, start - begin);
            to = Math.max(to, end - begin);
        }

        Bucket copy() {
            Bucket copy = new Bucket();
            copy.add(this, 0);
            copy.txBits = txBits;
            copy.txUnknown = txUnknown;
            copy.txUnknownMillis = txUnknownMillis;
            return copy;
        }

        void add(Bucket part, long offset) {
            rxBits += part.rxBits;
            txBits += part.txUnknown ? 0 : part.txBits;
            txUnknownMillis += part.txUnknown ? part.to - part.from : part.txUnknownMillis;
            lost += part.lost;
            rttBySeconds += part.rttBySeconds;
            rttSeconds += part.rttSeconds;
            from = Math.min(from, part.from + offset);
            to = Math.max(to, part.to + offset);
        }

        /**
         * The rate is that of the time in which something was measured, else a test's first and last second would look
         * slow.
         */
        void writeTo(ChartLine.Values values, int i) {
            if (to <= from) {
                return;
            }
            double seconds = (to - from) / 1e3;
            values.beginSeconds()[i] = from / 1e3;
            values.measuredSeconds()[i] = seconds;
            values.rxMbps()[i] = rxBits / seconds / 1e6;
            long txKnownMillis = to - from - txUnknownMillis;
            values.txMbps()[i] = txUnknown || txKnownMillis <= 0 ? Double.NaN : txBits / txKnownMillis / 1e3;
            values.lostPerSecond()[i] = lost / seconds;
            // not a number where there is none
            values.rttMillis()[i] = rttBySeconds / rttSeconds;
        }
    }
}

package io.github.jmeterbtest.engine.report;

/**
 * How long the probes of some time were under way: from the opening of a TCP connection to the answer, which may be a
 * refusal. Percentiles are exact to 0.1 %. Where the system tells how long a repeated packet took, minimum and
 * percentiles use that; percentiles leave out other late ones whose packet was dropped. A percentile among lost ones is
 * not known.
 *
 * @param answered probes that were answered
 * @param late those of {@code answered} that took a second or more, after which systems repeat a packet: the link may
 *     have dropped the first one, or kept it that long
 * @param lost probes that were not answered within 3 s
 * @param minimumNanos ns; {@link IntervalReport#UNKNOWN} as the others if none was answered
 * @param medianNanos ns; also unknown if it is that of lost ones, and for several merged intervals, as the next one
 * @param percentile95Nanos ns
 * @param maximumNanos ns, with the time before a packet was repeated
 */
public record Latency(
        long answered,
        long late,
        long lost,
        long minimumNanos,
        long medianNanos,
        long percentile95Nanos,
        long maximumNanos) {
    /** No probe ended in that time. */
    public static final Latency NONE = unanswered(0);

    /** @return that of so many probes that all were lost */
    public static Latency unanswered(long lost) {
        int unknown = IntervalReport.UNKNOWN;
        return new Latency(0, 0, lost, unknown, unknown, unknown, unknown);
    }

    /** @return the same, with so many lost probes */
    public Latency withLost(long number) {
        return new Latency(answered, late, number, minimumNanos, medianNanos, percentile95Nanos, maximumNanos);
    }

    /** @return whether any probe ended, answered or lost */
    public boolean isProbed() {
        return answered + lost > 0;
    }

    /** @return median, ms; not a number if it is not known */
    public double medianMillis() {
        return isMedianKnown() ? medianNanos / 1e6 : Double.NaN;
    }

    /** @return whether any probe was answered */
    public boolean isKnown() {
        return answered > 0;
    }

    /** @return whether there is a median */
    public boolean isMedianKnown() {
        return medianNanos != IntervalReport.UNKNOWN;
    }
}

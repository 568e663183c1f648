package io.github.jmeterbtest.jmeter.chart;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The average over the last ten seconds of a test, as Winbox shows it. */
final class RecentRates {
    static final long MILLIS = 10_000;
    /** Shorter intervals are put together, so that little is kept. */
    private static final long PIECE_MILLIS = 1_000;
    /** Times in a report are rounded, so an interval may seem to begin before the end of the last one. */
    private static final long TOLERANCE_MILLIS = 2;

    private final Deque<Piece> pieces = new ArrayDeque<>();

    private record Piece(long startMillis, long endMillis, double rxBits, double txBits) {
        static Piece of(ChartSpan span) {
            double seconds = span.lengthMillis() / 1e3;
            return new Piece(
                    span.startMillis(),
                    span.endMillis(),
                    span.rxBitsPerSecond() * seconds,
                    span.txBitsPerSecond() * seconds);
        }

        Piece with(Piece next) {
            return new Piece(startMillis, next.endMillis, rxBits + next.rxBits, txBits + next.txBits);
        }

        boolean isFollowedShortlyBy(Piece next) {
            return next.startMillis == endMillis && next.endMillis - startMillis <= PIECE_MILLIS;
        }
    }

    /** Intervals come in order; one that does not is passed over. */
    void add(ChartSpan span) {
        Piece next = Piece.of(span);
        Piece last = pieces.peekLast();
        if (last != null && next.startMillis < last.endMillis - TOLERANCE_MILLIS) {
            return;
        }
        pieces.addLast(
                last != null && last.isFollowedShortlyBy(next)
                        ? pieces.removeLast().with(next)
                        : next);
        while (pieces.getFirst().endMillis <= next.endMillis - MILLIS) {
            pieces.removeFirst();
        }
    }

    /** {@return over the pieces that lie in the last ten seconds, at least in part} */
    Optional<ChartRates> average() {
        if (pieces.isEmpty()) {
            return Optional.empty();
        }
        double seconds = pieces.stream()
                .mapToDouble(piece -> (piece.endMillis - piece.startMillis) / 1e3)
                .sum();
        return Optional.of(new ChartRates(
                pieces.stream().mapToDouble(Piece::rxBits).sum() / seconds,
                pieces.stream().mapToDouble(Piece::txBits).sum() / seconds));
    }
}

package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.protocol.MalformedMessageException;
import io.github.jmeterbtest.protocol.Status;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Finds the server's statuses between the data blocks of a TCP test in both directions. The stream has no framing and
 * the blocks of other servers have other sizes, so a status is recognised by its format and by its sequence number.
 * Nothing here touches the byte count: a status that is missed or seen where there is none does no harm to it.
 */
final class StatusScanner {
    /** What may be left of one read to be looked at with the next. */
    static final int MAX_CARRY = Status.LENGTH - 1;
    /** After a missed status the next ones must be recognised all the same. */
    private static final int SEQUENCE_WINDOW = 8;

    /** So few that they stay in the processor's nearest cache. */
    private static final int ZEROS_AT_ONCE = 16 << 10;

    private final Consumer<Status> found;
    private final ByteBuffer zeros = Payload.of(false);
    private long lastSequence;
    /** Whether the byte that comes next stands behind zero data. */
    private boolean behindZeros;

    StatusScanner(Consumer<Status> found) {
        this.found = found;
    }

    /**
     * Looks through a buffer and makes it ready for the next read.
     *
     * @param buffer filled from 0 to its position; afterwards its position stands behind the bytes that the next call
     *     must see again (at most {@link #MAX_CARRY}), its limit at the capacity
     */
    void scan(ByteBuffer buffer) {
        int end = buffer.position();
        int position = 0;
        while (position <= end - Status.LENGTH) {
            if (buffer.getLong(position) == 0) {
                position = afterZeros(buffer, position, end);
                behindZeros = true;
            } else if (isStatus(buffer, position)) {
                position += Status.LENGTH;
                behindZeros = false;
            } else if (behindZeros && buffer.get(position) == 0) {
                position++;
            } else {
                // a status has zeros at 2 and 3 here, so that it begins neither here nor at the next byte if there is
                // another one
                position += buffer.get(position + 3) != 0 ? 2 : 1;
                behindZeros = false;
            }
        }
        buffer.limit(end).position(position);
        buffer.compact();
    }

    /** Zero data is most of what there is, and this skips it with the processor's vector instructions. */
    private int afterZeros(ByteBuffer buffer, int from, int end) {
        buffer.limit(end).position(from);
        int length = zeros.clear().limit(Math.min(end - from, ZEROS_AT_ONCE)).mismatch(buffer);
        buffer.clear();
        return from + (length < 0 ? end - from : length);
    }

    /**
     * Behind zeros its bytes 2 and 3 may be any, as from RouterOS 7: nothing else begins there but another block of
     * data.
     */
    private boolean isStatus(ByteBuffer buffer, int position) {
        if (buffer.get(position) != Status.MARK || (!behindZeros && buffer.getShort(position + 2) != 0)) {
            return false;
        }
        // one peer starts every data block with 07 00 00 00 01 00 … : a first status of an idle peer that received
        // nothing
        if (buffer.get(position + 1) == 0 && buffer.get(position + 4) == 1 && buffer.getInt(position + 8) == 0) {
            return false;
        }
        byte[] bytes = new byte[Status.LENGTH];
        buffer.get(position, bytes);
        bytes[2] = 0;
        bytes[3] = 0;
        try {
            Status status = Status.decode(bytes);
            if (status.sequence() <= lastSequence || status.sequence() > lastSequence + SEQUENCE_WINDOW) {
                return false;
            }
            lastSequence = status.sequence();
            found.accept(status);
            return true;
        } catch (MalformedMessageException e) {
            // looks like a status, but is data
            return false;
        }
    }
}

package io.github.jmeterbtest.engine.platform;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that C and Java both read and write, in the byte order of the machine, with the address that C knows it by.
 */
final class NativeMemory {
    /** The fields of C's structures, by their offsets. */
    final ByteBuffer bytes;

    final long address;

    private NativeMemory(ByteBuffer bytes) {
        this.bytes = bytes;
        this.address = address(bytes);
    }

    /** @return that many zeros; valid as long as the object is reachable */
    static NativeMemory allocate(int length) {
        return new NativeMemory(ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder()));
    }

    /** @return the address of the first byte of a direct buffer; valid as long as the buffer is reachable */
    static long address(ByteBuffer direct) {
        try {
            return ForeignFunctions.address(direct);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Java does not tell the address of a buffer", e);
        }
    }
}

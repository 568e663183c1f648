package io.github.jmeterbtest.engine;

import java.util.zip.Deflater;

/** What a link that compresses would make of test data. */
final class Compression {

    private Compression() {}

    /** {@return how many bytes are left after compression} */
    static long compressed(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[64 << 10];
        while (!deflater.finished()) {
            deflater.deflate(out);
        }
        long length = deflater.getBytesWritten();
        deflater.end();
        return length;
    }
}

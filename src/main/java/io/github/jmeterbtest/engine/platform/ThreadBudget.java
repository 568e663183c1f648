package io.github.jmeterbtest.engine.platform;

/** A number of threads that all tests of a process share. Thread-safe. */
public final class ThreadBudget {
    private final int threads;
    private int taken;

    /** @param threads at least 1 */
    public ThreadBudget(int threads) {
        this.threads = threads;
    }

    /** @return whether there were so many left, which are taken now */
    public synchronized boolean takeAll(int wanted) {
        if (taken + wanted > threads) {
            return false;
        }
        taken += wanted;
        return true;
    }

    /** @return how many were taken, as many as there were, and no more than wanted */
    public synchronized int takeSome(int wanted) {
        int granted = Math.min(wanted, threads - taken);
        taken += granted;
        return granted;
    }

    /** To be called when a thread that was taken has ended. */
    public void release() {
        release(1);
    }

    /** @param number threads that have ended, or could not be started */
    public synchronized void release(int number) {
        taken -= number;
    }
}

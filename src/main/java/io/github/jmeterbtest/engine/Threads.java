package io.github.jmeterbtest.engine;

/** The one place where the engine makes threads. */
final class Threads {
    private Threads() {
    }

    /** Starts a daemon thread, so that a test in progress never keeps a JVM alive. */
    static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, "btest-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}

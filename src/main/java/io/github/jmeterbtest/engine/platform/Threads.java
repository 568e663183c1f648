package io.github.jmeterbtest.engine.platform;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one place where the engine makes threads. */
public final class Threads {
    private static final MethodHandle START_VIRTUAL = startVirtual();

    private Threads() {}

    /** Starts a daemon thread, so that a test in progress never keeps a JVM alive. */
    public static Thread start(String name, Runnable work) {
        Thread thread = daemon(name, work);
        thread.start();
        return thread;
    }

    /** {@return a daemon thread that has not been started} */
    public static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, "btest-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * @param maxThreads daemon threads at most; one that has nothing to do ends after some seconds
     * @param maxWaiting what waits for a thread; more is rejected
     * @return runs work that may hang
     */
    public static Executor pool(String name, int maxThreads, int maxWaiting) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                maxThreads,
                maxThreads,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(maxWaiting),
                work -> daemon(name, work));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** @param light whether it mostly waits, see {@link #startLight} */
    public static Thread start(String name, boolean light, Runnable work) {
        return light ? startLight(name, work) : start(name, work);
    }

    /** @return whether threads that mostly wait are virtual, so that thousands of them are no burden */
    public static boolean areLight() {
        return START_VIRTUAL != null;
    }

    /**
     * Starts a thread that mostly waits: a virtual one where Java has them, which lets hundreds of sessions share the
     * cores evenly. A virtual thread that never waits is not preempted, so this is not for one that moves data at full
     * speed.
     */
    public static Thread startLight(String name, Runnable work) {
        if (START_VIRTUAL == null) {
            return start(name, work);
        }
        Runnable named = () -> {
            Thread.currentThread().setName("btest-" + name);
            work.run();
        };
        try {
            return (Thread) START_VIRTUAL.invokeExact(named);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Java cannot start a virtual thread", e);
        }
    }

    /** @return Thread.startVirtualThread, or null before Java 21 */
    private static MethodHandle startVirtual() {
        if (Runtime.version().feature() < 21) {
            return null;
        }
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}

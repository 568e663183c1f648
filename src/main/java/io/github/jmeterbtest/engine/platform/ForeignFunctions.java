package io.github.jmeterbtest.engine.platform;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Functions of the C library, by {@code java.lang.foreign}. That package is final from Java 22 on, and this code is for
 * Java 17, so it is reached by reflection, once for each function. Pointers are passed as {@code long}: so the handles
 * take numbers only, and a call costs no object.
 */
final class ForeignFunctions {
    private static final int FIRST_VERSION = 22;

    private final Class<?> layoutType = foreign("MemoryLayout");
    private final Class<?> valueLayoutType = foreign("ValueLayout");
    private final Class<?> descriptorType = foreign("FunctionDescriptor");
    private final Class<?> linkerType = foreign("Linker");
    private final Object noOptions = Array.newInstance(foreign("Linker$Option"), 0);
    private final Object linker = linkerType.getMethod("nativeLinker").invoke(null);
    private final Object library = linkerType.getMethod("defaultLookup").invoke(linker);
    private final Method findSymbol = foreign("SymbolLookup").getMethod("find", String.class);
    private final Method descriptor = descriptorType.getMethod(
            "of", layoutType, Array.newInstance(layoutType, 0).getClass());
    private final Method link =
            linkerType.getMethod("downcallHandle", foreign("MemorySegment"), descriptorType, noOptions.getClass());

    /** @throws ReflectiveOperationException if this Java has no such package */
    ForeignFunctions() throws ReflectiveOperationException {}

    /** @return whether this Java has what is needed, whether or not it allows its use */
    static boolean inThisJava() {
        return Runtime.version().feature() >= FIRST_VERSION;
    }

    private static Class<?> foreign(String name) throws ClassNotFoundException {
        return Class.forName("java.lang.foreign." + name);
    }

    /**
     * @param result {@code int.class} or {@code long.class}, as each parameter
     * @return calls that function with numbers of these types
     * @throws ReflectiveOperationException if there is no such function, or this Java may not call it
     */
    MethodHandle find(String name, Class<?> result, Class<?>... parameters) throws ReflectiveOperationException {
        Object symbol = ((Optional<?>) findSymbol.invoke(library, name))
                .orElseThrow(() -> new NoSuchMethodException("the C library has no " + name));
        Object layouts = Array.newInstance(layoutType, parameters.length);
        for (int i = 0; i < parameters.length; i++) {
            Array.set(layouts, i, layout(parameters[i]));
        }
        return (MethodHandle) link.invoke(linker, symbol, descriptor.invoke(null, layout(result), layouts), noOptions);
    }

    private Object layout(Class<?> type) throws ReflectiveOperationException {
        return valueLayoutType
                .getField(type == int.class ? "JAVA_INT" : "JAVA_LONG")
                .get(null);
    }

    /** @return where the first byte of a direct buffer is; valid as long as the buffer is reachable */
    static long address(ByteBuffer direct) throws ReflectiveOperationException {
        Class<?> segmentType = foreign("MemorySegment");
        Object segment = segmentType
                .getMethod("ofBuffer", Buffer.class)
                .invoke(null, direct.duplicate().clear());
        return (long) segmentType.getMethod("address").invoke(segment);
    }
}

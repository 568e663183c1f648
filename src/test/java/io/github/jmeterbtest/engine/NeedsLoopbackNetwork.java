package io.github.jmeterbtest.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A test that uses several addresses of 127.0.0.0/8. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@DisabledOnOs(value = OS.MAC, disabledReason = "macOS has no loopback address of IPv4 but 127.0.0.1")
@interface NeedsLoopbackNetwork {}

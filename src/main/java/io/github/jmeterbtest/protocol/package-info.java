/**
 * The wire of MikroTik's bandwidth test: bytes to values and back. No socket, no clock, no thread.
 *
 * <p>MikroTik publishes no specification. What is encoded here was seen in captures of RouterOS or agrees between
 * several independent implementations; docs/protocol.md says how certain each fact is.
 */
package io.github.jmeterbtest.protocol;

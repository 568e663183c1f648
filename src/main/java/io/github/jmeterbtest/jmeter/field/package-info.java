/**
 * An element's property as text: its definition, reading it when the element runs, checking it, and the texts of its
 * label. No Swing.
 */
package io.github.jmeterbtest.jmeter.field;

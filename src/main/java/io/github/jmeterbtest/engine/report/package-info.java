/**
 * What a test reports: intervals, totals, errors. Plain values for any user of the engine; no socket, thread or clock.
 */
package io.github.jmeterbtest.engine.report;

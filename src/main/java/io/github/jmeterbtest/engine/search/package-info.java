/**
 * The search for the highest rate at which no more is lost than accepted: which trials to run, and what they prove.
 * Pure arithmetic over an interface that measures one trial; no sockets, no threads, no clock.
 */
package io.github.jmeterbtest.engine.search;

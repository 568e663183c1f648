/**
 * Data transfer: TCP and UDP transfers, the peer's statuses, the run that closes an interval each second, and the
 * outcome. Internal to the engine; a connection, a handshake or an option does not belong here.
 */
package io.github.jmeterbtest.engine.transfer;

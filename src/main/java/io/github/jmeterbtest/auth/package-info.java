/**
 * Proving a password to a btest peer, in both roles: MD5 (RouterOS before 6.43) and EC-SRP5 (6.43 and later).
 *
 * <p>Bytes in, bytes out. Nothing here knows a socket, a clock or a thread; deadlines, and reading whole messages
 * before judging them, are the caller's.
 */
package io.github.jmeterbtest.auth;

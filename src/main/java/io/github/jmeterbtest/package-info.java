/** What a user starts from a command line. */
package io.github.jmeterbtest;

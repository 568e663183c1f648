/** Fields on the screen: editors, help, icons and the base of the forms. Swing and MigLayout belong here. */
package io.github.jmeterbtest.jmeter.form;

/** The bandwidth test inside JMeter: test elements, their forms, what they emit. The only package that knows JMeter. */
package io.github.jmeterbtest.jmeter;

package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.jmeter.config.Arguments;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jorphan.collections.HashTree;
import org.apache.jorphan.collections.SearchByClass;

/** The plans of the menu. Each is a file of jmx-examples, which the build copies into our jar. */
enum NewPlan {
    ROUTER("router.jmx", BandwidthTestSampler.class::isInstance),
    FLEET("fleet.jmx", element -> FleetFile.property(element).isPresent()),
    THROUGHPUT_SEARCH("search.jmx", ThroughputSearchSampler.class::isInstance),
    SELF_TEST("loopback.jmx", ThroughputChart.class::isInstance),
    SERVER("server.jmx", Arguments.class::isInstance);

    private final String file;
    private final Predicate<TestElement> isFirst;

    /** @param isFirst selects the element that the user fills in or looks at first */
    NewPlan(String file, Predicate<TestElement> isFirst) {
        this.file = file;
        this.isFirst = isFirst;
    }

    /** {@return the name of its action, which is also its key in the messages} */
    String action() {
        return "newPlan." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String title() {
        return Messages.text(action());
    }

    String description() {
        return Messages.text(action() + ".tip");
    }

    HashTree load() throws IOException {
        // JMeter loads plans from files only
        Path copy = Files.createTempFile("new-plan", ".jmx");
        try {
            Files.write(copy, example(file));
            return SaveService.loadTree(copy.toFile());
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** {@return the element of this plan that the user fills in or looks at first} */
    TestElement first(HashTree plan) {
        SearchByClass<TestElement> elements = new SearchByClass<>(TestElement.class);
        plan.traverse(elements);
        return elements.getSearchResults().stream().filter(isFirst).findFirst().orElseThrow();
    }

    /** {@return a file of jmx-examples} */
    static byte[] example(String name) throws IOException {
        try (InputStream content = NewPlan.class.getResourceAsStream("plans/" + name)) {
            if (content == null) {
                throw new IOException("the plugin's jar has no plans/" + name);
            }
            return content.readAllBytes();
        }
    }
}

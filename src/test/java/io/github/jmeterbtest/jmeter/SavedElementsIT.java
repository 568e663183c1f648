package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.jmeterbtest.jmeter.form.Forms;
import io.github.jmeterbtest.jmeter.form.Forms.Case;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jmeter.reporters.ResultCollector;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.jorphan.collections.HashTree;
import org.apache.jorphan.collections.ListedHashTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every element in a JMX file; needs the files of an assembled JMeter. */
class SavedElementsIT {
    @BeforeAll
    static void startJMeter() throws IOException {
        FormTestJMeter.start();
        JMeterUtils.setJMeterHome(Path.of(System.getProperty("jmeter.home", "target/jmeter"))
                .toAbsolutePath()
                .toString());
        // JMeter's names in JMX files, read once
        JMeterUtils.setProperty("saveservice_properties", "saveservice.properties");
        assertThat(SaveService.loadProperties()).isNotEmpty();
    }

    static Stream<Case> forms() {
        return Forms.all();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void savingLoadingAndSavingGivesTheSameBytes(Case given) throws IOException {
        for (String text : new String[] {"", "${x}", " ä€ 帯域 😀 <&amp;'\"> \\ "}) {
            TestElement element = given.through(given.filled(text));
            byte[] saved = save(element);
            TestElement loaded = load(saved, element.getClass());
            assertThat(loaded.getName()).isEqualTo(element.getName());
            assertThat(loaded.getComment()).isEqualTo(element.getComment());
            assertThat(given.properties())
                    .allSatisfy(property ->
                            assertThat(loaded.getPropertyAsString(property)).isEqualTo(text));
            assertThat(save(loaded)).isEqualTo(saved);
            assertThat(save(given.through(loaded))).as("through the form").isEqualTo(saved);
        }
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("btest.examples", "jmx-examples")))) {
            return files.filter(file -> file.toString().endsWith(".jmx"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theFormsKeepTheElementsOfTheExamples(Path plan) throws IOException {
        HashTree tree = SaveService.loadTree(plan.toFile());
        forms().forEach(given -> elements(tree, given.newElement().getClass()).forEach(element -> {
            TestElement after = given.through(element);
            assertThat(given.properties())
                    .allSatisfy(property -> assertThat(after.getPropertyAsString(property))
                            .isEqualTo(element.getPropertyAsString(property)));
        }));
    }

    /**
     * JMeter shows and keeps only {@link TestElement#COMMENTS}; under any other name a comment is lost at the first
     * save.
     */
    @ParameterizedTest
    @MethodSource("examples")
    void jmeterShowsTheCommentsOfTheExamples(Path plan) throws IOException {
        List<TestElement> commented = elements(SaveService.loadTree(plan.toFile()), TestElement.class)
                .filter(element -> properties(element).anyMatch(name -> name.endsWith("comments")))
                .toList();
        assertThat(commented)
                .hasSizeGreaterThan(1)
                .allSatisfy(element ->
                        assertThat(element.getComment()).as(element.getName()).isNotBlank());
        assertThat(plan).content().doesNotContain("TestElement.comments");
    }

    /** Whoever opens an example and presses Start sees something. */
    @ParameterizedTest
    @MethodSource("examples")
    void eachExampleHasTheChartAndTheSummary(Path plan) throws IOException {
        HashTree tree = SaveService.loadTree(plan.toFile());
        assertThat(elements(tree, BandwidthSummariser.class))
                .extracting(TestElement::getName, TestElement::isEnabled)
                .containsExactly(tuple("MikroTik Bandwidth Summary", true));
        assertThat(elements(tree, ThroughputChart.class))
                .extracting(TestElement::getName, TestElement::isEnabled)
                .containsExactly(tuple("MikroTik Throughput Chart", true));
        assertThat(elements(tree, ResultCollector.class))
                .as("to Java 25 an empty name is the current directory, which JMeter's option -f would delete")
                .noneMatch(listener ->
                        listener.getPropertyAsString(ResultCollector.FILENAME).isEmpty());
    }

    private static Stream<String> properties(TestElement element) {
        Stream.Builder<String> names = Stream.builder();
        element.propertyIterator().forEachRemaining(property -> names.add(property.getName()));
        return names.build();
    }

    private static byte[] save(TestElement element) throws IOException {
        ListedHashTree tree = new ListedHashTree();
        tree.add(element);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SaveService.saveTree(tree, out);
        return out.toByteArray();
    }

    private static <E extends TestElement> E load(byte[] saved, Class<E> type) throws IOException {
        Path file = Files.createTempFile("element", ".jmx");
        try {
            Files.write(file, saved);
            return elements(SaveService.loadTree(file.toFile()), type)
                    .findFirst()
                    .orElseThrow();
        } finally {
            Files.delete(file);
        }
    }

    private static <E> Stream<E> elements(HashTree tree, Class<E> type) {
        return tree.list().stream()
                .flatMap(node -> Stream.concat(
                        type.isInstance(node) ? Stream.of(type.cast(node)) : Stream.empty(),
                        elements(tree.getTree(node), type)));
    }
}

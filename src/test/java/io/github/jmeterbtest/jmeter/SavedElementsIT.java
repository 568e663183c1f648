package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.jmeter.Forms.Case;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.jmeter.save.SaveService;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.jorphan.collections.HashTree;
import org.apache.jorphan.collections.ListedHashTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every element in a JMX file; needs the files of an assembled JMeter. */
class SavedElementsIT {
    @BeforeAll
    static void startJMeter() throws IOException {
        FormTestJMeter.start();
        JMeterUtils.setJMeterHome(Path.of(System.getProperty("jmeter.home", "target/jmeter")).toAbsolutePath().toString());
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
                    .allSatisfy(property -> assertThat(loaded.getPropertyAsString(property)).isEqualTo(text));
            assertThat(save(loaded)).isEqualTo(saved);
            assertThat(save(given.through(loaded))).as("through the form").isEqualTo(saved);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bandwidth-test.jmx", "server.jmx", "loopback.jmx"})
    void theFormsKeepTheElementsOfTheExamples(String plan) throws IOException {
        HashTree tree = SaveService.loadTree(Path.of(System.getProperty("btest.examples", "jmx-examples"), plan).toFile());
        forms().forEach(given -> elements(tree, given.newElement().getClass()).forEach(element -> {
            TestElement after = given.through(element);
            assertThat(given.properties()).allSatisfy(property ->
                    assertThat(after.getPropertyAsString(property)).isEqualTo(element.getPropertyAsString(property)));
        }));
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
            return elements(SaveService.loadTree(file.toFile()), type).findFirst().orElseThrow();
        } finally {
            Files.delete(file);
        }
    }

    private static <E> Stream<E> elements(HashTree tree, Class<E> type) {
        return tree.list().stream().flatMap(node -> Stream.concat(
                type.isInstance(node) ? Stream.of(type.cast(node)) : Stream.empty(), elements(tree.getTree(node), type)));
    }
}

package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.jorphan.util.JMeterStopTestNowException;
import org.apache.jorphan.util.JMeterStopThreadException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterListTest {
    private static final String SEVEN = "name,address\na,1\nb,2\nc,3\nd,4\ne,5\nf,6\ng,7\n";

    @TempDir
    private Path directory;

    private final Listening jmeter = new Listening();
    private Path file;

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    @BeforeEach
    void nameFile() {
        file = directory.resolve("routers.csv");
    }

    private RouterList list(String text) throws IOException {
        Files.writeString(file, text);
        RouterList list = new RouterList();
        list.setName("Routers");
        list.setProperty(RouterList.FILE, file.toString());
        return list;
    }

    private RouterList list(String text, String engine, String engines) throws IOException {
        RouterList list = list(text);
        list.setProperty(RouterList.ENGINE, engine);
        list.setProperty(RouterList.ENGINES, engines);
        return list;
    }

    /** {@return the values of a variable, loop by loop, until the thread is ended} */
    private List<String> values(RouterList list, String variable) {
        List<String> values = new ArrayList<>();
        list.testStarted();
        try {
            while (true) {
                list.iterationStart(null);
                list.sampleStarting(null);
                values.add(jmeter.variables.get(variable));
            }
        } catch (JMeterStopThreadException e) {
            return values;
        }
    }

    @Test
    void eachRouterComesOnceAndThenTheThreadEnds() throws IOException {
        RouterList list = list(SEVEN);
        assertThat(values(list, "name")).containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThatThrownBy(() -> list.iterationStart(null)).isInstanceOf(JMeterStopThreadException.class);
        list.testEnded();
        assertThat(values(list, "address")).as("the next run").hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 9})
    void theEnginesTogetherTestEachRouterOnce(int engines) throws IOException {
        List<List<String>> shares = new ArrayList<>();
        for (int engine = 1; engine <= engines; engine++) {
            shares.add(values(list(SEVEN, Integer.toString(engine), Integer.toString(engines)), "name"));
        }
        assertThat(shares.stream().flatMap(List::stream)).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g");
        IntStream sizes = shares.stream().mapToInt(List::size);
        assertThat(sizes.boxed()).as("evenly").allMatch(size -> size == 7 / engines || size == 7 / engines + 1);
        assertThat(jmeter.samples())
                .as("an engine without a router is no failure")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "4, 3, 'Engine is \"4\": enter a whole number from 1 to 3'",
        "0, 3, 'Engine is \"0\": enter a whole number from 1 to 3'",
        "-1, 3, 'Engine is \"-1\": enter a whole number from 1 to 3'",
        "one, 3, 'Engine is \"one\": enter a whole number from 1 to 3'",
        "'', 3, 'Engine is empty: enter the number of this engine, 1 to 3'",
        "2, '', 'Engines is empty: enter how many engines share the file, since this is engine 2'",
        "1, three, 'Engines is \"three\": enter a whole number from 1 to 10000'",
        "1, 0, 'Engines is \"0\": enter a whole number from 1 to 10000'",
        "'${__P(btest.engine', 3, 'Engine is \"${__P(btest.engine\": JMeter could not resolve it'"
    })
    void anEngineWithoutItsNumberTestsNothing(String engine, String engines, String message) throws IOException {
        assertCannotStart(list(SEVEN, engine, engines), message);
    }

    @Test
    void aFileThatIsNotThereEndsTheRun() throws IOException {
        RouterList list = list(SEVEN);
        Files.delete(file);
        assertCannotStart(list, "File is \"" + file + "\": there is no file " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name,address", "name,address\n", "name,address\r\n\r\n"})
    void aFileWithoutRoutersEndsTheRun(String text) throws IOException {
        assertCannotStart(list(text), "it has no router, only a line with the names of the columns");
        assertCannotStart(list(text, "2", "3"), "it has no router, only a line with the names of the columns");
    }

    /** Else a limit or a cap that somebody wrote would not be looked at. */
    @Test
    void aFileThatLacksAColumnEndsTheRunAndShowsNoValue() throws IOException {
        RouterList list = list("north,192.0.2.1,secret\n");
        list.setProperty(RouterList.COLUMNS, "name, address,minReceive");
        assertCannotStart(list, "does not name the columns name and address and minReceive");
        assertThat(jmeter.samples().get(0).getResponseMessage()).doesNotContain("secret");

        RouterList empty = list("");
        assertCannotStart(empty, "does not name the columns name");
    }

    @Test
    void aFileThatIsCutOffEndsTheRun() throws IOException {
        assertCannotStart(list("name,address\n\"north,1\nsouth,2\n"), "cut off or damaged");
    }

    /** Else the router would be tested with what the line before said. */
    @Test
    void whatALineLacksIsNotThatOfTheLineBefore() throws IOException {
        String text = "name,address,limit\na,1,5M\nb\n\nc,3,\n";
        assertThat(values(list(text), "limit")).containsExactly("5M", "not in the file", "");
        assertThat(values(list(text), "address")).containsExactly("1", "not in the file", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|"})
    void theFirstLineShowsTheDelimiter(String delimiter) throws IOException {
        String text = "\uFEFFaddress%sname\n1%s\"19\"\" rack, ä\"\n2%sb\n".replace("%s", delimiter);
        assertThat(values(list(text), "name")).containsExactly("19\" rack, ä", "b");
    }

    private void assertCannotStart(RouterList list, String message) {
        jmeter.events.clear();
        list.testStarted();
        list.iterationStart(null);
        assertThat(jmeter.variables.get("name")).isNull();
        for (int thread = 0; thread < 2; thread++) {
            assertThatThrownBy(() -> list.sampleStarting(null))
                    .isInstanceOf(JMeterStopTestNowException.class)
                    .hasMessageStartingWith("Routers cannot start: ")
                    .hasMessageContaining(message);
        }
        assertThat(jmeter.samples()).as("one for all threads").singleElement().satisfies(sample -> {
            assertThat(sample.getSampleLabel()).isEqualTo("Routers");
            assertThat(sample.isSuccessful()).isFalse();
            assertThat(sample.getResponseCode()).isEqualTo("INVALID_OPTION");
            assertThat(sample.getResponseMessage()).contains(message);
        });
        list.testEnded();
    }
}

package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.swing.JMenu;
import javax.swing.JMenuItem;
import org.apache.jmeter.gui.plugin.MenuCreator.MENU_LOCATION;
import org.apache.jmeter.testelement.TestPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The menu for new plans, as far as it needs no window; NewPlanIT opens the plans. */
class NewPlanMenuTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("btest.examples", "jmx-examples"));
    private final NewPlanMenu menu = new NewPlanMenu();

    @BeforeAll
    static void startJMeter() {
        FormTestJMeter.start();
    }

    @Test
    void theFileMenuHasAnItemForEachPlan() {
        JMenuItem[] items = menu.getMenuItemsAtLocation(MENU_LOCATION.FILE);
        assertThat(items).extracting(JMenuItem::getText).containsExactly("New MikroTik bandwidth plan");
        assertThat(Stream.of(((JMenu) items[0]).getMenuComponents()).map(JMenuItem.class::cast))
                .extracting(JMenuItem::getText)
                .containsExactly("Router", "Fleet", "Throughput search", "Self-test", "Server");
        assertThat(Stream.of(((JMenu) items[0]).getMenuComponents()).map(JMenuItem.class::cast))
                .extracting(JMenuItem::getActionCommand)
                .containsExactlyInAnyOrderElementsOf(menu.getActionNames());
    }

    @ParameterizedTest
    @EnumSource(names = "FILE", mode = EnumSource.Mode.EXCLUDE)
    void noOtherMenuHasAny(MENU_LOCATION location) {
        assertThat(menu.getMenuItemsAtLocation(location)).isEmpty();
        assertThat(menu.getTopLevelMenus()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"router.jmx", "fleet.jmx", "search.jmx", "routers.csv", "loopback.jmx", "server.jmx"})
    void theJarHasTheExamplesThemselves(String name) throws IOException {
        assertThat(NewPlan.example(name)).isEqualTo(Files.readAllBytes(EXAMPLES.resolve(name)));
    }

    @Test
    void theFileOfTheFleetTakesThePlaceOfTheProperty() {
        TestPlan element = new TestPlan();
        element.setComment("jmeter -n -Jbtest.routers=my.csv");
        element.setProperty("filename", "${__P(btest.routers,routers.csv)}");
        FleetFile.set(element, Path.of("to, the/routers.csv"));
        assertThat(element.getPropertyAsString("filename")).isEqualTo("to, the/routers.csv");
        assertThat(element.getComment()).isEqualTo("jmeter -n -Jbtest.routers=my.csv");
        assertThat(FleetFile.property(element)).isEmpty();
    }

    @Test
    void theExampleFileReplacesNoOther(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("mine.csv");
        FleetFile.writeExample(file);
        assertThat(file).hasSameBinaryContentAs(EXAMPLES.resolve("routers.csv"));
        Files.writeString(file, "mine");
        assertThatThrownBy(() -> FleetFile.writeExample(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " exists already. Open it, or choose another name.");
        assertThat(file).hasContent("mine");
    }
}

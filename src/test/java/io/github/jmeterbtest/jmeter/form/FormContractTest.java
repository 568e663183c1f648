package io.github.jmeterbtest.jmeter.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.jmeterbtest.jmeter.field.Messages;
import io.github.jmeterbtest.jmeter.form.Forms.Case;
import java.awt.Container;
import java.awt.event.KeyEvent;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.KeyStroke;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.jmeter.assertions.Assertion;
import org.apache.jmeter.config.ConfigElement;
import org.apache.jmeter.gui.GUIFactory;
import org.apache.jmeter.gui.util.MenuFactory;
import org.apache.jmeter.samplers.Sampler;
import org.apache.jmeter.testelement.TestElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What JMeter and its users expect of every element and its form, for each of ours. */
class FormContractTest {
    private static final List<String> ODD_VALUES = List.of(
            "",
            "0",
            "-1",
            "true",
            "false",
            "TRUE",
            "tcp",
            "UDP",
            "${x}",
            "a${x}b${__P(y,1)}",
            "${__javaScript(\"a,b\")}",
            " spaces ",
            "ä€ 帯域 😀",
            "<a href=\"&amp;'\">",
            "\\",
            "x".repeat(5000));

    static Stream<Case> forms() {
        return Forms.all();
    }

    @Test
    void thereAreForms() {
        assertThat(forms()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(forms().map(given -> given.form().getStaticLabel())).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "BandwidthTestSamplerGui, MikroTik Bandwidth Test",
        "BandwidthTestDefaultsGui, MikroTik Bandwidth Test Defaults",
        "BandwidthServerConfigGui, MikroTik Bandwidth Server",
        "ServerSessionSamplerGui, MikroTik Bandwidth Server Session",
        "BandwidthAssertionGui, MikroTik Bandwidth Assertion",
        "RouterListGui, MikroTik Router List",
        "BandwidthSummariserGui, MikroTik Bandwidth Summary",
        "ThroughputChartGui, MikroTik Throughput Chart"
    })
    void keepsItsName(String form, String label) {
        assertThat(forms().filter(given -> given.toString().equals(form))
                        .map(given -> given.form().getStaticLabel()))
                .containsExactly(label);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void namesItselfAndItsMenu(Case given) {
        String label = given.form().getStaticLabel();
        assertThat(label).startsWith("MikroTik ");
        assertThat(given.form().getName()).isEqualTo(label);
        assertThat(given.form().getMenuCategories()).containsExactly(menuOf(given.newElement()));
        assertThat(given.form().canBeAdded()).isTrue();
        assertThat(given.form().getLabelResource()).isNotBlank();
        assertThat(given.form().getDocAnchor()).isEqualTo(label.replace(' ', '_'));
    }

    private static String menuOf(TestElement element) {
        return element instanceof Sampler
                ? MenuFactory.SAMPLERS
                : element instanceof ConfigElement
                        ? MenuFactory.CONFIG_ELEMENTS
                        : element instanceof Assertion ? MenuFactory.ASSERTIONS : MenuFactory.LISTENERS;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void hasItsOwnIconEnabledAndDisabled(Case given) {
        assertThat(GUIFactory.getIcon(given.form().getClass(), true)).isInstanceOf(ElementIcon.class);
        assertThat(GUIFactory.getIcon(given.form().getClass(), false)).isInstanceOf(ElementIcon.class);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void hasHelp(Case given) {
        String key = given.form().getLabelResource() + ".help";
        assertThat(Messages.text(key)).isNotEqualTo(key);
        assertThat(buttons(given.form()).filter(button -> button.getAction() instanceof ElementHelp))
                .hasSize(1);
        Object help = given.form()
                .getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .get(KeyStroke.getKeyStroke(KeyEvent.VK_F1, 0));
        assertThat(given.form().getActionMap().get(help)).isInstanceOf(ElementHelp.class);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void becomesNarrowerAgainAfterAWideWindow(Case given) {
        given.form().setSize(1600, 900);
        layOut(given.form());
        assertThat(given.form().getPreferredSize().width).isLessThan(900);
    }

    private static void layOut(Container container) {
        container.doLayout();
        Stream.of(container.getComponents())
                .filter(Container.class::isInstance)
                .forEach(child -> layOut((Container) child));
    }

    private static Stream<JButton> buttons(Container container) {
        return Arrays.stream(container.getComponents())
                .flatMap(child -> child instanceof JButton button
                        ? Stream.of(button)
                        : child instanceof Container inner ? buttons(inner) : Stream.<JButton>empty());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void newElementHasEmptyFields(Case given) {
        TestElement element = given.newElement();
        assertThat(element.getName()).isEqualTo(given.form().getStaticLabel());
        assertThat(element.isEnabled()).isTrue();
        assertThat(element.getPropertyAsString(TestElement.GUI_CLASS))
                .isEqualTo(given.form().getClass().getName());
        assertThat(element.getPropertyAsString(TestElement.TEST_CLASS))
                .isEqualTo(element.getClass().getName());
        if (given.form() instanceof ElementGui) {
            assertThat(given.properties())
                    .allSatisfy(property ->
                            assertThat(element.getPropertyAsString(property)).isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyTextSurvivesTheForm(Case given) {
        for (String value : ODD_VALUES) {
            TestElement before = given.filled(value);
            before.setEnabled(value.isEmpty());

            TestElement after = given.through(before);

            assertThat(after.getName()).isEqualTo("name " + value);
            assertThat(after.getComment()).isEqualTo(value);
            assertThat(after.isEnabled()).isEqualTo(value.isEmpty());
            assertThat(given.properties())
                    .allSatisfy(
                            property -> assertThat(after.getProperty(property).getObjectValue())
                                    .isEqualTo(value));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void eachFieldHasItsOwnProperty(Case given) {
        TestElement before = given.newElement();
        given.properties().forEach(property -> before.setProperty(property, "${" + property + "}"));
        TestElement after = given.through(before);
        assertThat(given.properties())
                .allSatisfy(property ->
                        assertThat(after.getPropertyAsString(property)).isEqualTo("${" + property + "}"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void nothingIsLeftOverFromTheElementBefore(Case given) {
        TestElement fresh = given.newElement();
        TestElement full = given.filled("${full}");
        full.setEnabled(false);

        given.form().configure(full);
        assertThat(given.through(fresh)).isEqualTo(fresh);

        // as in a plan written by hand
        TestElement bare = given.newElement();
        given.properties().forEach(bare::removeProperty);
        given.form().configure(full);
        assertThat(given.through(bare)).isEqualTo(fresh);

        given.form().configure(full);
        assertThat(given.newElement()).isEqualTo(fresh);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void takesAnElementThatNoFormHasMade(Case given) throws ReflectiveOperationException {
        TestElement bare = given.newElement().getClass().getConstructor().newInstance();
        assertThatCode(() -> given.through(bare)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void takesWhatIsNoTextAtAll(Case given) {
        TestElement element = given.newElement();
        given.properties().forEach(property -> element.setProperty(property, 7));
        assertThatCode(() -> given.through(element)).doesNotThrowAnyException();
        given.properties().forEach(property -> element.setProperty(property, true));
        TestElement after = given.through(element);
        assertThat(given.properties())
                .allSatisfy(property ->
                        assertThat(after.getPropertyAsString(property)).isEqualTo("true"));
    }

    /** JMeter clones for each thread. */
    @ParameterizedTest
    @MethodSource("forms")
    void aCloneIsEqualAndItsOwn(Case given) {
        TestElement element = given.filled("${x}");
        TestElement clone = (TestElement) element.clone();
        assertThat(clone)
                .isNotSameAs(element)
                .isExactlyInstanceOf(element.getClass())
                .isEqualTo(element);
        clone.setName("other");
        assertThat(element.getName()).isEqualTo("name ${x}");
    }

    /** JMeter sends elements to remote engines. */
    @ParameterizedTest
    @MethodSource("forms")
    void anElementCanBeSent(Case given) {
        TestElement element = given.filled("ä ${x}");
        Serializable arrived = SerializationUtils.roundtrip((Serializable) element);
        assertThat(arrived).isExactlyInstanceOf(element.getClass()).isEqualTo(element);
    }
}

package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.stream.Stream;
import org.apache.jmeter.gui.AbstractJMeterGuiComponent;
import org.apache.jmeter.gui.util.MenuFactory;
import org.apache.jmeter.testelement.TestElement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What JMeter expects of every form, for each of ours. */
class FormContractTest {
    private static final List<String> ODD_VALUES = List.of("", "0", "-1", "true", "false", "TRUE", "tcp", "UDP", "${x}",
            "a${x}b${__P(y,1)}", "${__javaScript(\"a,b\")}", " spaces ", "ä€ 帯域 😀", "<a href=\"&amp;'\">", "\\", "x".repeat(5000));

    /** A form with what it must say of itself. */
    record Case(AbstractJMeterGuiComponent form, Class<? extends TestElement> element, List<FormField> fields,
                String label, String menu) {
        @Override
        public String toString() {
            return label;
        }
    }

    @BeforeAll
    static void startJMeter() {
        FormTestJMeter.start();
    }

    static Stream<Case> forms() {
        FormTestJMeter.start();
        return Stream.of(
                new Case(new BandwidthTestSamplerGui(), BandwidthTestSampler.class, BandwidthTestSampler.FIELDS,
                        "MikroTik Bandwidth Test", MenuFactory.SAMPLERS),
                new Case(new BandwidthServerConfigGui(), BandwidthServerConfig.class, BandwidthServerConfig.FIELDS,
                        "MikroTik Bandwidth Server", MenuFactory.CONFIG_ELEMENTS),
                new Case(new ServerSessionSamplerGui(), ServerSessionSampler.class, ServerSessionSampler.FIELDS,
                        "MikroTik Bandwidth Server Session", MenuFactory.SAMPLERS),
                new Case(new BandwidthSummariserGui(), BandwidthSummariser.class, List.of(),
                        "MikroTik Bandwidth Summary", MenuFactory.LISTENERS),
                new Case(new ThroughputChartGui(), ThroughputChart.class, List.of(),
                        "MikroTik Throughput Chart", MenuFactory.LISTENERS));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void namesItselfAndItsMenu(Case given) {
        assertThat(given.form().getStaticLabel()).isEqualTo(given.label());
        assertThat(given.form().getName()).isEqualTo(given.label());
        assertThat(given.form().getMenuCategories()).containsExactly(given.menu());
        assertThat(given.form().canBeAdded()).isTrue();
        assertThat(given.form().getLabelResource()).isNotBlank();
        assertThat(given.form().getDocAnchor()).isEqualTo(given.label().replace(' ', '_'));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void newElementHoldsTheDefaults(Case given) {
        given.form().clearGui();
        TestElement element = given.form().createTestElement();
        assertThat(element).isExactlyInstanceOf(given.element());
        assertThat(element.getName()).isEqualTo(given.label());
        assertThat(element.isEnabled()).isTrue();
        assertThat(element.getPropertyAsString(TestElement.GUI_CLASS)).isEqualTo(given.form().getClass().getName());
        assertThat(element.getPropertyAsString(TestElement.TEST_CLASS)).isEqualTo(given.element().getName());
        for (FormField field : given.fields()) {
            assertThat(element.getProperty(field.property()).getObjectValue()).as(field.property())
                    .isEqualTo(field.defaultValue());
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyTextSurvivesTheForm(Case given) {
        for (String value : ODD_VALUES) {
            TestElement before = given.form().createTestElement();
            before.setName("name " + value);
            before.setComment(value);
            before.setEnabled(value.isEmpty());
            given.fields().forEach(field -> before.setProperty(field.property(), value));

            TestElement after = through(given, before);

            assertThat(after.getName()).isEqualTo("name " + value);
            assertThat(after.getComment()).isEqualTo(value);
            assertThat(after.isEnabled()).isEqualTo(value.isEmpty());
            for (FormField field : given.fields()) {
                assertThat(after.getProperty(field.property()).getObjectValue()).as(field.property()).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void eachFieldHasItsOwnProperty(Case given) {
        TestElement before = given.form().createTestElement();
        given.fields().forEach(field -> before.setProperty(field.property(), "${" + field.property() + "}"));
        TestElement after = through(given, before);
        for (FormField field : given.fields()) {
            assertThat(after.getPropertyAsString(field.property())).isEqualTo("${" + field.property() + "}");
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void nothingIsLeftOverFromTheElementBefore(Case given) {
        TestElement fresh = given.form().createTestElement();
        TestElement full = given.form().createTestElement();
        full.setComment("comment");
        full.setEnabled(false);
        given.fields().forEach(field -> full.setProperty(field.property(), "${full}"));

        given.form().configure(full);
        assertThat(through(given, fresh)).isEqualTo(fresh);

        // as in a plan written by hand
        TestElement bare = given.form().createTestElement();
        given.fields().forEach(field -> bare.removeProperty(field.property()));
        given.form().configure(full);
        assertThat(through(given, bare)).isEqualTo(fresh);

        given.form().configure(full);
        given.form().clearGui();
        assertThat(given.form().createTestElement()).isEqualTo(fresh);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void takesWhatIsNoTextAtAll(Case given) {
        TestElement element = given.form().createTestElement();
        given.fields().forEach(field -> element.setProperty(field.property(), 7));
        assertThatCode(() -> through(given, element)).doesNotThrowAnyException();
        given.fields().forEach(field -> element.setProperty(field.property(), true));
        TestElement after = through(given, element);
        given.fields().forEach(field -> assertThat(after.getPropertyAsString(field.property())).isEqualTo("true"));
    }

    private static TestElement through(Case given, TestElement before) {
        given.form().configure(before);
        TestElement after = given.form().createTestElement();
        given.form().modifyTestElement(after);
        return after;
    }
}

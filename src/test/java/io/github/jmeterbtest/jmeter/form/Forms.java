package io.github.jmeterbtest.jmeter.form;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.jmeterbtest.jmeter.BandwidthTestSampler;
import io.github.jmeterbtest.jmeter.FormTestJMeter;
import io.github.jmeterbtest.jmeter.field.FormField;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jmeter.gui.AbstractJMeterGuiComponent;
import org.apache.jmeter.testelement.TestElement;

/** Every form that JMeter would find in our package, so that no new one can be forgotten. */
public final class Forms {
    private static final List<? extends Class<?>> CLASSES = new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(BandwidthTestSampler.class.getPackageName())
                    .stream()
                    .filter(type -> type.isAssignableTo(AbstractJMeterGuiComponent.class))
                    .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                    .sorted(Comparator.comparing(JavaClass::getName))
                    .map(JavaClass::reflect)
                    .toList();

    private Forms() {}

    /**
     * A form with what it edits.
     *
     * @param form new, as JMeter makes it
     * @param properties names of the properties of its element
     */
    public record Case(AbstractJMeterGuiComponent form, List<String> properties) {
        static Case of(AbstractJMeterGuiComponent form) {
            return new Case(
                    form,
                    form instanceof ElementGui ours
                            ? ours.fields().stream().map(FormField::property).toList()
                            : constants(form.createTestElement().getClass()));
        }

        /** {@return a new element, as the menu makes it} */
        public TestElement newElement() {
            form.clearGui();
            return form.createTestElement();
        }

        /** {@return what comes out of the form when this element is shown in it} */
        public TestElement through(TestElement element) {
            form.configure(element);
            TestElement after = form.createTestElement();
            form.modifyTestElement(after);
            return after;
        }

        /** {@return a new element with the same text in every property, in its name and in its comment} */
        public TestElement filled(String text) {
            TestElement element = newElement();
            element.setName("name " + text);
            element.setComment(text);
            properties.forEach(property -> element.setProperty(property, text));
            return element;
        }

        @Override
        public String toString() {
            return form.getClass().getSimpleName();
        }
    }

    public static Stream<Case> all() {
        FormTestJMeter.start();
        return CLASSES.stream().map(type -> Case.of(instance(type)));
    }

    private static AbstractJMeterGuiComponent instance(Class<?> type) {
        try {
            return (AbstractJMeterGuiComponent) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("JMeter could not make a " + type, e);
        }
    }

    /** An element's property names, such as {@code BandwidthTest.port}. */
    private static List<String> constants(Class<?> element) {
        return Arrays.stream(element.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()) && field.getType() == String.class)
                .map(Forms::value)
                .filter(value -> value.matches("[A-Z]\\w+\\.\\w+"))
                .toList();
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}

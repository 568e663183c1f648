package io.github.jmeterbtest;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps the walls of the house: see docs/architecture.md. */
class ArchitectureTest {

    private static final String ROOT = "io.github.jmeterbtest";
    private static final String PROTOCOL = ROOT + ".protocol";
    private static final String AUTH = ROOT + ".auth";
    private static final String ENGINE = ROOT + ".engine";
    private static final String JMETER = ROOT + ".jmeter";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** Without classes every rule below would hold. */
    @ParameterizedTest
    @ValueSource(strings = {PROTOCOL, AUTH, ENGINE, JMETER})
    void everyRoomIsFurnished(String room) {
        assertThat(CLASSES).anyMatch(c -> c.getPackageName().equals(room));
    }

    @Test
    void thereAreNoOtherRooms() {
        classes().should().resideInAnyPackage(PROTOCOL, AUTH, ENGINE, JMETER).check(CLASSES);
    }

    @Test
    void protocolStandsOnTheGround() {
        classes()
                .that()
                .resideInAPackage(PROTOCOL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(PROTOCOL, "java..")
                .check(CLASSES);
    }

    @Test
    void authStandsOnTheGround() {
        classes()
                .that()
                .resideInAPackage(AUTH)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(AUTH, "java..", "org.apache.commons.codec..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {PROTOCOL, AUTH})
    void whatStandsOnTheGroundKnowsNoSocketNoThreadAndNoClock(String room) {
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.nio.channels..", "java.io..", "java.util.concurrent..", "java.time..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Runnable.class, java.util.Timer.class, java.util.Date.class)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void engineStandsOnBothAndKnowsNoJMeter() {
        classes()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ENGINE,
                        PROTOCOL,
                        AUTH,
                        "java..",
                        "com.sun.management..",
                        "org.slf4j..",
                        "org.apache.commons.codec..")
                .check(CLASSES);
    }

    @Test
    void onlyJmeterImportsJMeter() {
        noClasses()
                .that()
                .resideOutsideOfPackage(JMETER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.jmeter..", "org.apache.jorphan..")
                .check(CLASSES);
    }

    @Test
    void nothingLooksUpToJmeter() {
        noClasses()
                .that()
                .resideOutsideOfPackage(JMETER)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(JMETER)
                .check(CLASSES);
    }

    @Test
    void theRoomsFormNoRing() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void threadsAreMadeInOnePlace() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .and()
                .doNotHaveSimpleName("Threads")
                .should()
                .callConstructorWhere(target(owner(assignableTo(Thread.class))))
                .check(CLASSES);
    }
}

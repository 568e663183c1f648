package io.github.jmeterbtest;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.Rate;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Enforces the dependencies between packages: see docs/architecture.md. */
class ArchitectureTest {

    private static final String ROOT = "io.github.jmeterbtest";
    private static final String PROTOCOL = ROOT + ".protocol";
    private static final String AUTH = ROOT + ".auth";
    private static final String ENGINE = ROOT + ".engine";
    private static final String REPORT = ENGINE + ".report";
    private static final String TRANSFER = ENGINE + ".transfer";
    private static final String PLATFORM = ENGINE + ".platform";
    private static final String LATENCY = ENGINE + ".latency";
    private static final String SEARCH = ENGINE + ".search";
    private static final String RESULTS = ROOT + ".results";
    private static final String JMETER = ROOT + ".jmeter";
    private static final String FIELD = JMETER + ".field";
    private static final String FORM = JMETER + ".form";
    private static final String SAMPLE = JMETER + ".sample";
    private static final String CHART = JMETER + ".chart";
    private static final String DASHBOARD = JMETER + ".dashboard";

    /** Every package, and the packages that it may use besides itself. */
    private static final Map<String, Set<String>> ALLOWED_DEPENDENCIES = Map.ofEntries(
            Map.entry(PROTOCOL, Set.of()),
            Map.entry(AUTH, Set.of()),
            Map.entry(PLATFORM, Set.of()),
            Map.entry(REPORT, Set.of(PROTOCOL)),
            Map.entry(TRANSFER, Set.of(REPORT, PLATFORM, PROTOCOL)),
            Map.entry(LATENCY, Set.of(REPORT, PLATFORM)),
            Map.entry(SEARCH, Set.of(REPORT)),
            Map.entry(ENGINE, Set.of(LATENCY, TRANSFER, REPORT, PLATFORM, PROTOCOL, AUTH)),
            Map.entry(RESULTS, Set.of()),
            Map.entry(ROOT, Set.of(RESULTS)),
            Map.entry(FIELD, Set.of(ENGINE, REPORT, PROTOCOL, AUTH)),
            Map.entry(FORM, Set.of(FIELD)),
            Map.entry(SAMPLE, Set.of(FIELD, ENGINE, REPORT, SEARCH, PROTOCOL, AUTH, RESULTS)),
            Map.entry(CHART, Set.of(PROTOCOL, FIELD, SAMPLE, REPORT)),
            Map.entry(DASHBOARD, Set.of(SAMPLE, RESULTS)),
            Map.entry(
                    JMETER,
                    Set.of(DASHBOARD, CHART, FORM, SAMPLE, FIELD, ENGINE, REPORT, SEARCH, PROTOCOL, AUTH, RESULTS)));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    static Stream<String> packages() {
        return ALLOWED_DEPENDENCIES.keySet().stream();
    }

    /** Without classes every rule below would hold. */
    @ParameterizedTest
    @MethodSource("packages")
    void everyPackageHasClasses(String packageName) {
        assertThat(CLASSES).anyMatch(c -> c.getPackageName().equals(packageName));
    }

    @Test
    void thereAreNoOtherPackages() {
        classes().should().resideInAnyPackage(packages().toArray(String[]::new)).check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void everyPackageIsDescribed(String packageName) {
        assertThat(CLASSES).anyMatch(c -> c.getName().equals(packageName + ".package-info"));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyItsAllowedDependencies(String packageName) {
        String[] others = packages()
                .filter(other -> !other.equals(packageName)
                        && !ALLOWED_DEPENDENCIES.get(packageName).contains(other))
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(packageName)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    @Test
    void protocolUsesOnlyTheJavaLibrary() {
        classes()
                .that()
                .resideInAPackage(PROTOCOL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(PROTOCOL, "java..")
                .check(CLASSES);
    }

    @Test
    void authUsesOnlyTheJavaLibraryAndCommonsCodec() {
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
    void protocolAndAuthKnowNoSocketNoThreadAndNoClock(String packageName) {
        noClasses()
                .that()
                .resideInAPackage(packageName)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.nio.channels..", "java.io..", "java.util.concurrent..", "java.time..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(packageName)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Runnable.class, java.util.Timer.class, java.util.Date.class)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(packageName)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void engineKnowsNoJMeter() {
        classes()
                .that()
                .resideInAPackage(ENGINE + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ENGINE + "..",
                        PROTOCOL,
                        AUTH,
                        "java..",
                        "com.sun.management..",
                        "org.slf4j..",
                        "org.apache.commons.codec..",
                        "org.HdrHistogram..")
                .check(CLASSES);
    }

    /** A build has nothing but our jar and Java. */
    @ParameterizedTest
    @ValueSource(strings = {ROOT, RESULTS})
    void theVerdictNeedsOnlyJavaAndWhatIsInOurJar(String packageName) {
        classes()
                .that()
                .resideInAPackage(packageName)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT, RESULTS, "java..", "javax.xml.stream..", "de.siegmar.fastcsv..")
                .check(CLASSES);
    }

    @Test
    void onlyJmeterImportsJMeter() {
        noClasses()
                .that()
                .resideOutsideOfPackage(JMETER + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.jmeter..", "org.apache.jorphan..")
                .check(CLASSES);
    }

    @Test
    void jmeterSeesOnlyTheValuesOfProtocolAndAuth() {
        DescribedPredicate<JavaClass> internals = resideInAnyPackage(PROTOCOL, AUTH)
                .and(not(belongToAnyOf(Protocol.class, Direction.class, Rate.class, Credentials.class)));
        noClasses()
                .that()
                .resideInAPackage(JMETER + "..")
                .should()
                .dependOnClassesThat(internals)
                .check(CLASSES);
    }

    @Test
    void onlyTheChartKnowsXChart() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CHART)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.knowm..")
                .check(CLASSES);
    }

    @Test
    void onlyLatencyKnowsHdrHistogram() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LATENCY)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.HdrHistogram..")
                .check(CLASSES);
    }

    @Test
    void onlyFormsKnowMigLayout() {
        noClasses()
                .that()
                .resideOutsideOfPackage(FORM)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.miginfocom..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {FIELD, SAMPLE})
    void fieldsAndSamplesKnowNoSwing(String packageName) {
        noClasses()
                .that()
                .resideInAPackage(packageName)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.swing..", "java.awt..")
                .check(CLASSES);
    }

    @Test
    void jsonIsWrittenAndReadInTwoPlaces() {
        noClasses()
                .that(not(resideInAnyPackage(SAMPLE, DASHBOARD)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void threadsAreMadeInOnePlace() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE + "..")
                .and()
                .doNotHaveSimpleName("Threads")
                .should()
                .callConstructorWhere(target(owner(assignableTo(Thread.class))))
                .check(CLASSES);
    }

    /** So that whatever waits can be tested without waiting, see the engine's NanoClock. */
    @Test
    void theEngineHasItsTimeFromOnePlace() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE + "..")
                .and()
                .doNotHaveSimpleName("SystemClock")
                .should()
                .callMethodWhere(describe("asks the system for the time, or sleeps", ArchitectureTest::dependsOnTime))
                .check(CLASSES);
    }

    private static boolean dependsOnTime(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getName();
        boolean tells = (owner.isEquivalentTo(System.class)
                        && Set.of("nanoTime", "currentTimeMillis").contains(name))
                || (owner.getPackageName().equals("java.time") && name.equals("now"))
                || owner.isEquivalentTo(Clock.class);
        boolean waits = owner.isEquivalentTo(LockSupport.class)
                || name.equals("sleep")
                || (name.equals("wait")
                        && !call.getTarget().getRawParameterTypes().isEmpty());
        return tells || waits;
    }
}

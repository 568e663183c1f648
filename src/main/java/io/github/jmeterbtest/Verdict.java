package io.github.jmeterbtest;

import io.github.jmeterbtest.results.DamagedResultsException;
import io.github.jmeterbtest.results.Judgement;
import io.github.jmeterbtest.results.JunitFile;
import io.github.jmeterbtest.results.NoResultsException;
import io.github.jmeterbtest.results.ResultsFile;
import io.github.jmeterbtest.results.RoutersFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a build whether the tests of a results file (JTL) passed. JMeter itself ends with status 0 even if every test
 * failed.
 *
 * <pre>
 * java -cp jmeter-btest-….jar io.github.jmeterbtest.Verdict results.jtl
 *     [--tests N] [--routers routers.csv] [--junit FILE]
 * </pre>
 *
 * It needs nothing but the jar and Java.
 */
public final class Verdict {
    /** Status: there were tests, all that were wanted, and all of them passed; or only help was wanted. */
    public static final int PASSED = 0;
    /** Status: a test failed, has no result, or was not run. */
    public static final int FAILED = 1;
    /** Status: there is nothing to judge, or it was called wrongly. */
    public static final int NO_RESULT = 2;

    private static final String USAGE = "usage: java -cp jmeter-btest-….jar " + Verdict.class.getName()
            + " results.jtl [--tests N] [--routers routers.csv] [--junit FILE]";

    private static final String NO_VERDICT = "no verdict: ";

    private final VerdictOptions options;
    private final PrintStream out;
    private final Judgement<Void> judgement = Judgement.ofTests();
    /** What keeps it from passing and belongs to no test. */
    private final List<String> problems = new ArrayList<>();

    private Verdict(VerdictOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** @param arguments see {@link Verdict}; ends the JVM with a status */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), new PrintStream(System.out, true, StandardCharsets.UTF_8)));
    }

    /**
     * @param arguments those of the command line
     * @param out gets a line for each test that did not pass, and a last one that counts
     * @return {@link #PASSED}, {@link #FAILED} or {@link #NO_RESULT}
     */
    static int run(List<String> arguments, PrintStream out) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.println(USAGE);
            return PASSED;
        }
        try {
            return new Verdict(VerdictOptions.of(arguments), out).judge();
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.println(USAGE);
        } catch (IOException e) {
            out.println(NO_VERDICT + e.getMessage());
        }
        return NO_RESULT;
    }

    private int judge() throws IOException {
        List<String> routers = options.routers().isPresent()
                ? RoutersFile.names(options.routers().get())
                : List.of();
        try {
            readResults();
            return tell(judgement.testsAndTrials(), judgement.missing(routers));
        } catch (NoResultsException e) {
            problems.add(e.getMessage());
            return tell(List.of(), routers);
        }
    }

    private void readResults() throws IOException {
        try {
            ResultsFile.read(options.results(), judgement::add);
        } catch (DamagedResultsException e) {
            problems.add(e.getMessage());
        }
    }

    private static String count(int tests) {
        return tests == 1 ? "1 test was" : tests + " tests were";
    }

    private int tell(List<Judgement.Test<Void>> all, List<String> missing) throws IOException {
        List<Judgement.Test<Void>> tests =
                all.stream().filter(test -> !test.trial()).toList();
        if (options.tests() > 0 && options.tests() != tests.size()) {
            problems.add(count(options.tests()) + " wanted, " + count(tests.size()) + " run");
        }
        List<Judgement.Test<Void>> failed =
                tests.stream().filter(test -> !test.passed()).toList();
        failed.forEach(test -> print("FAILED " + test.name() + ": " + test.failure()));
        missing.forEach(name -> print("NOT TESTED " + name));
        if (tests.isEmpty() && problems.isEmpty()) {
            problems.add("there is no test in " + options.results());
        }
        String word = tests.isEmpty() ? NO_VERDICT : "FAILED: ";
        problems.forEach(problem -> print(word + problem));
        out.println((tests.size() == 1 ? "1 test" : tests.size() + " tests") + ", " + failed.size() + " failed"
                + (missing.isEmpty() ? "" : ", " + missing.size() + " not tested") + trials(all.size() - tests.size()));
        writeJunit(tests, missing);
        if (tests.isEmpty()) {
            return NO_RESULT;
        }
        return failed.isEmpty() && missing.isEmpty() && problems.isEmpty() ? PASSED : FAILED;
    }

    private static String trials(int trials) {
        return trials == 0 ? "" : " (" + (trials == 1 ? "1 search trial" : trials + " search trials") + " not counted)";
    }

    private void writeJunit(List<Judgement.Test<Void>> tests, List<String> missing) throws IOException {
        if (options.junit().isPresent()) {
            JunitFile.write(options.junit().get(), tests, missing, problems);
        }
    }

    /** One line, whatever a name has in it. */
    private void print(String text) {
        out.println(text.strip().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " "));
    }
}

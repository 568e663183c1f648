package io.github.jmeterbtest;

import io.github.jmeterbtest.results.DamagedResultsException;
import io.github.jmeterbtest.results.Judgement;
import io.github.jmeterbtest.results.JunitFile;
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
    /** Status: there were tests, all that were wanted, and all of them passed. */
    public static final int PASSED = 0;
    /** Status: a test failed, has no result, or was not run. */
    public static final int FAILED = 1;
    /** Status: there is nothing to judge, or it was called wrongly. */
    public static final int NO_RESULT = 2;

    private static final String USAGE = "usage: java -cp jmeter-btest-….jar " + Verdict.class.getName()
            + " results.jtl [--tests N] [--routers routers.csv] [--junit FILE]";

    private final VerdictOptions options;
    private final Judgement judgement = new Judgement();
    private final List<String> complaints = new ArrayList<>();

    private Verdict(VerdictOptions options) {
        this.options = options;
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
        try {
            return new Verdict(VerdictOptions.of(arguments)).judge(out);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.println(USAGE);
        } catch (IOException e) {
            out.println("no verdict: " + e.getMessage());
        }
        return NO_RESULT;
    }

    private int judge(PrintStream out) throws IOException {
        List<String> routers = options.routers().isPresent()
                ? RoutersFile.names(options.routers().get())
                : List.of();
        readResults();
        List<Judgement.Test> tests = judgement.tests();
        tests.stream()
                .filter(test -> !test.passed())
                .forEach(test -> complain("FAILED " + test.name() + ": " + test.failure()));
        List<String> missing = judgement.missing(routers);
        missing.forEach(name -> complain("NOT TESTED " + name));
        if (options.junit().isPresent()) {
            JunitFile.write(options.junit().get(), tests, missing);
        }
        boolean asMany = options.tests() == 0 || options.tests() == tests.size();
        complaints.forEach(out::println);
        out.println(summary(tests));
        if (tests.isEmpty()) {
            out.println("no verdict: there is no test in " + options.results());
            return NO_RESULT;
        }
        return asMany && complaints.isEmpty() ? PASSED : FAILED;
    }

    private void readResults() throws IOException {
        try {
            ResultsFile.read(options.results(), judgement::add);
        } catch (DamagedResultsException e) {
            complain("FAILED " + e.getMessage());
        }
    }

    private String summary(List<Judgement.Test> tests) {
        long failed = tests.stream().filter(test -> !test.passed()).count();
        String of = options.tests() == 0 ? "" : " (wanted: " + options.tests() + ")";
        return (tests.size() == 1 ? "1 test" : tests.size() + " tests") + of + ", " + failed + " failed";
    }

    /** One line each, whatever a name has in it. */
    private void complain(String text) {
        complaints.add(text.strip().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " "));
    }
}

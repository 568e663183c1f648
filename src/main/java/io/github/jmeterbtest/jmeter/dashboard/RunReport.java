package io.github.jmeterbtest.jmeter.dashboard;

import io.github.jmeterbtest.jmeter.sample.FinalSample;
import io.github.jmeterbtest.jmeter.sample.SearchText;
import io.github.jmeterbtest.jmeter.sample.ThroughputMessage;
import io.github.jmeterbtest.results.Judgement;
import io.github.jmeterbtest.results.JunitFile;
import io.github.jmeterbtest.results.ResultsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the report of a run's bandwidth tests: a page for people, and the same for programs. */
public final class RunReport {
    /** The page. */
    public static final String PAGE = "bandwidth.html";

    private static final String JSON = "bandwidth.json";
    private static final String JUNIT = "bandwidth-junit.xml";

    private RunReport() {}

    /**
     * @param results results file, CSV or XML
     * @param directory where to write; made if it is not there
     * @throws IOException if the file cannot be read to its end, or the report not written
     */
    public static void write(Path results, Path directory) throws IOException {
        Judgement<RunInterval> judgement = new Judgement<>(RunInterval::of);
        ResultsFile.read(results, judgement::add);
        List<Judgement.Test<RunInterval>> all = judgement.testsAndTrials().stream()
                .filter(test -> isOurs(test) || isSearch(test))
                .toList();
        byte[] json = RunJson.of(
                results.getFileName().toString(),
                all.stream().filter(test -> !isSearch(test)).toList(),
                all.stream().filter(RunReport::isSearch).toList());
        Files.createDirectories(directory);
        write(directory.resolve(JSON), json);
        JunitFile.write(
                directory.resolve(JUNIT),
                all.stream().filter(test -> !test.trial()).toList(),
                List.of(),
                List.of());
        write(directory.resolve(PAGE), ReportPage.of(json).getBytes(StandardCharsets.UTF_8));
    }

    /** The system's message does not name the file. */
    private static void write(Path file, byte[] content) throws IOException {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + " (" + e + ")", e);
        }
    }

    private static boolean isSearch(Judgement.Test<RunInterval> test) {
        return test.ended() && !SearchText.parse(test.row().responseMessage()).isEmpty();
    }

    /** Samplers of other kinds have no rates to show. A row without message and code may be ours. */
    private static boolean isOurs(Judgement.Test<RunInterval> test) {
        String message = test.row().responseMessage();
        String code = test.row().responseCode();
        return !test.intervals().isEmpty()
                || ThroughputMessage.parse(message).isPresent()
                || FinalSample.isFailure(code)
                || (message.isEmpty() && code.isEmpty());
    }
}

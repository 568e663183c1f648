package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.jmeter.dashboard.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** bandwidth.html in a real browser. */
@EnabledIf(value = "hasBrowser", disabledReason = "there is no Chromium on this machine")
class ReportPageIT {
    private static final String COLUMNS =
            "timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,failureMessage,bytes,sentBytes,Latency,"
                    + "Connect,\"btest_protocol\",\"btest_direction\"";
    private static final long START = 1_790_000_000_000L;

    @TempDir
    private Path directory;

    private final List<String> lines = new ArrayList<>(List.of(COLUMNS));

    static boolean hasBrowser() {
        return Browser.program().isPresent();
    }

    /** Each second a little different. */
    private void receive(String name, int thread, long begin, int seconds, double megabits, String failure) {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        for (int i = 0; i < seconds; i++) {
            long bytes = Math.round(megabits * (1 + 0.1 * Math.sin(i + thread)) * 125_000);
            lines.add((begin + i * 1_000L) + ",1000," + quoted.replaceAll("\"$", ": interval\"") + ",200,\"rx "
                    + Math.round(bytes * 8 / 1e5) / 10.0 + " Mbit/s, tx 0 bit/s, lost " + i % 3 + "\",T 1-" + thread
                    + ",true,," + bytes + ",0,0,0,,");
        }
        lines.add(begin + "," + seconds * 1_000 + "," + quoted + ",200,\"rx " + megabits
                + " Mbit/s, tx 0 bit/s, lost 9 (0.02 %)\",T 1-" + thread + "," + failure.isEmpty() + ",\"" + failure
                + "\",0,0,1,1,udp,receive");
    }

    private void refused(String name, int thread) {
        lines.add(START + ",12," + name + ",CONNECT_REFUSED,\"nobody listens on 192.0.2.9 port 2000\",T 1-" + thread
                + ",false,,0,0,0,0,,");
    }

    private Path page() throws Exception {
        Path results = Files.write(directory.resolve("results.jtl"), lines);
        RunReport.write(results, directory.resolve("report"));
        return directory.resolve("report/bandwidth.html");
    }

    private static String firstName(Browser browser) throws Exception {
        return browser.evaluate("document.querySelector('#rows td.name').firstChild.data");
    }

    @Test
    void aFleetWithASlowAndADeadRouter() throws Exception {
        receive("north", 1, START, 10, 940, "");
        receive("</script><b>19\" \u2028 rack 東京</b>", 2, START + 300, 10, 410, "");
        receive("west", 3, START, 10, 1, "receive rate: wanted at least 5 Mbit/s, measured 1.0 Mbit/s");
        refused("dead", 4);
        Path page = page();
        JsonNode json = new ObjectMapper()
                .readTree(directory.resolve("report/bandwidth.json").toFile());

        try (Browser browser = new Browser(directory.resolve("profile"), 1400, 1000)) {
            browser.open(page);

            assertThat(browser.errors).isEmpty();
            assertThat(browser.requests).containsExactly(page.toUri().toString());
            assertThat(browser.evaluate("document.querySelectorAll('#rows tr.test').length"))
                    .isEqualTo("4");
            assertThat(firstName(browser)).as("a failed one first").isEqualTo("dead");
            assertThat(browser.evaluate("document.querySelectorAll('#rows .failed').length"))
                    .isEqualTo("2");
            assertThat(browser.evaluate("document.querySelector('#summary .bad').textContent"))
                    .isEqualTo("2failed");
            assertThat(browser.evaluate("document.querySelectorAll('.chart canvas').length"))
                    .isEqualTo("3");
            assertThat(browser.evaluate("document.body.textContent"))
                    .contains("nobody listens on 192.0.2.9 port 2000", "measured 1.0 Mbit/s", "940.0 Mbit/s");
            assertThat(browser.evaluate("document.querySelectorAll('b').length"))
                    .as("a name is text")
                    .isEqualTo("5");

            browser.evaluate(
                    "[...document.querySelectorAll('#heads button')].find(b => b.textContent === 'Receive').click()");
            assertThat(firstName(browser)).as("the fastest first").isEqualTo("north");
            browser.evaluate("(document.getElementById('search').value = 'at least 5',"
                    + " document.getElementById('search').dispatchEvent(new Event('input')))");
            assertThat(browser.evaluate("document.querySelectorAll('#rows tr.test').length"))
                    .isEqualTo("1");
            assertThat(firstName(browser)).isEqualTo("west");
            assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo("true");
        }
        assertThat(json.get("tests")).hasSize(4);
        assertThat(json.at("/tests/0/rx").asDouble()).isEqualTo(940e6);
        assertThat(json.at("/tests/0/intervals")).hasSize(10);
    }

    @Test
    void aSearchIsOneTestWhateverItTried() throws Exception {
        receive("north", 1, START, 10, 940, "");
        receive("search: 64", 2, START, 1, 20, "");
        receive("search: 64", 2, START + 2_000, 1, 18, "");
        lines.add(
                START + ",5000,search,200,64: NDR 18 Mbit/s 48913 pps (limited by this machine),T 1-2,true,,0,0,0,0,,");
        Path page = page();
        try (Browser browser = new Browser(directory.resolve("profile"), 1400, 1000)) {
            browser.open(page);
            assertThat(browser.errors).isEmpty();
            assertThat(browser.evaluate("document.querySelector('#summary').textContent"))
                    .startsWith("2tests2passed0failed2search trials");
            assertThat(browser.evaluate("document.querySelectorAll('#rows tr.test').length"))
                    .isEqualTo("3");
            assertThat(browser.evaluate("document.querySelector('#searches td:last-child').textContent"))
                    .isEqualTo("18.0 Mbit/s (limited by this machine)");
            browser.evaluate("document.getElementById('failed').click()");
            assertThat(browser.evaluate("document.querySelectorAll('#searches article').length"))
                    .isEqualTo("0");
        }
    }

    /** With {@code -Dbtest.pictures=docs/images}. */
    @Test
    @EnabledIfSystemProperty(named = "btest.pictures", matches = ".+")
    void pictureOfTheGuide() throws Exception {
        receive("north", 1, START, 10, 940, "");
        receive("south", 2, START + 300, 10, 410, "");
        receive("west", 3, START, 10, 1, "receive rate: wanted at least 5 Mbit/s, measured 1.0 Mbit/s");
        refused("east", 4);
        Path page = page();

        try (Browser browser = new Browser(directory.resolve("profile"), 1400, 1000)) {
            browser.open(page);
            browser.picture(Path.of(System.getProperty("btest.pictures"), "report-page.png"));
        }
    }

    @Test
    void fiveHundredRouters() throws Exception {
        for (int i = 0; i < 500; i++) {
            receive("router %03d".formatted(i), i, START + i * 100L, 10, 100 + i, i % 100 == 7 ? "too slow" : "");
        }
        Path page = page();

        try (Browser browser = new Browser(directory.resolve("profile"), 400, 900)) {
            browser.open(page);

            assertThat(browser.errors).isEmpty();
            assertThat(browser.evaluate("document.querySelectorAll('#rows tr.test').length"))
                    .isEqualTo("500");
            assertThat(firstName(browser)).isEqualTo("router 007");
            assertThat(browser.evaluate("document.querySelectorAll('.chart').length"))
                    .isEqualTo("12");
            browser.evaluate("document.getElementById('more').click()");
            assertThat(browser.evaluate("document.querySelectorAll('.chart').length"))
                    .isEqualTo("60");
            browser.evaluate("document.getElementById('failed').click()");
            assertThat(browser.evaluate("document.getElementById('count').textContent"))
                    .isEqualTo("5 of 500");
            assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("only the table scrolls sideways")
                    .isEqualTo("true");
        }
    }
}

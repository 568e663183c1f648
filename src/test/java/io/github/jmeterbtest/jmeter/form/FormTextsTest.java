package io.github.jmeterbtest.jmeter.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.jmeter.BandwidthAssertionGui;
import io.github.jmeterbtest.jmeter.BandwidthServerConfigGui;
import io.github.jmeterbtest.jmeter.BandwidthTestSampler;
import io.github.jmeterbtest.jmeter.BandwidthTestSamplerGui;
import io.github.jmeterbtest.jmeter.FormTestJMeter;
import io.github.jmeterbtest.jmeter.ServerSessionSamplerGui;
import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.Component;
import java.awt.Container;
import java.awt.Font;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.swing.JEditorPane;
import javax.swing.JScrollPane;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;
import org.apache.jmeter.util.JMeterUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts of the forms, and what the forms call wrong. */
class FormTextsTest {
    @BeforeAll
    static void startJMeter() {
        FormTestJMeter.start();
    }

    @Test
    void bundleHasEveryKeyAndNoOther() {
        Set<String> wanted = new TreeSet<>(List.of(
                "default",
                "required.always",
                "required.orDefaults",
                "required.name",
                "inherited",
                "inherited.secret",
                "help",
                "help.tip",
                "check.wholeNumber",
                "check.decimal",
                "check.seconds",
                "check.millis",
                "check.latency",
                "check.invisible",
                "check.host.brackets",
                "check.host.ipv4",
                "check.host.url",
                "check.host.network",
                "check.host.port",
                "check.speed",
                "check.rate",
                "check.dscp",
                "check.congestionControl",
                "check.speedAboveZero",
                "check.volume",
                "check.client",
                "check.oneOf"));
        Forms.all().forEach(given -> {
            wanted.addAll(List.of(given.form().getLabelResource(), given.form().getLabelResource() + ".help"));
            if (given.form() instanceof ElementGui ours) {
                ours.fields()
                        .forEach(field ->
                                wanted.addAll(List.of(field.property(), field.property() + ".tip", field.group())));
                ours.fields().stream()
                        .filter(field -> field.defaultValue().isEmpty()
                                && !ours.panel().emptyText(field).startsWith("required"))
                        .forEach(field -> wanted.add(field.property() + ".empty"));
            }
        });
        Stream.of(
                        "empty",
                        "received",
                        "sent",
                        "lost",
                        "rtt",
                        "sum",
                        "more",
                        "sinceRun",
                        "sinceTest",
                        "clock",
                        "packetSize",
                        "bytes",
                        "found",
                        "noSearch",
                        "allRuns")
                .forEach(key -> wanted.add("throughputChart." + key));
        Stream.of("noData", "run", "savePng", "saveCsv", "notSaved", "nothingIn", "step", "forgotten", "rates.tip")
                .forEach(key -> wanted.add("throughputChart." + key));
        Stream.of(
                        // what can be chosen
                        "axis",
                        "runs",
                        "columns",
                        "open",
                        "showAll",
                        // columns of the table
                        "test",
                        "runColumn",
                        "protocol",
                        "direction",
                        "result",
                        "left",
                        "current",
                        "recent",
                        "average",
                        "minimum",
                        "maximum",
                        "volume",
                        "lostPackets",
                        "loss",
                        "latency",
                        "localCpu",
                        "remoteCpu")
                .forEach(key -> wanted.addAll(List.of("throughputChart." + key, "throughputChart." + key + ".tip")));
        Stream.of("", ".failed", ".routers", ".routers.open", ".routers.example", ".routers.exists")
                .forEach(key -> wanted.add("newPlan" + key));
        Stream.of("router", "fleet", "throughput-search", "self-test", "server")
                .forEach(plan -> wanted.addAll(List.of("newPlan." + plan, "newPlan." + plan + ".tip")));
        Set<String> present = new TreeSet<>(
                ResourceBundle.getBundle(Messages.BUNDLE, Locale.ENGLISH).keySet());
        assertThat(present).as("keys of messages.properties").containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(present)
                .noneMatch(key ->
                        Messages.text(key).equals(key) || Messages.text(key).isBlank());
    }

    @Test
    void helpTellsWhatTheElementAndEachFieldDoes() {
        Forms.all().filter(given -> given.form() instanceof ElementGui).forEach(given -> {
            List<FormField> fields = ((ElementGui) given.form()).fields();
            ElementHelp help = new ElementHelp(given.form().getLabelResource(), fields);
            String shown = ((JEditorPane)
                            ((JScrollPane) help.content()).getViewport().getView())
                    .getText()
                    .replaceAll("\\s+", " ")
                    .replace("&#39;", "'")
                    .replace("&lt;", "<")
                    .replace("&amp;", "&");
            assertThat(shown)
                    .contains(
                            given.form().getStaticLabel(),
                            Messages.text(given.form().getLabelResource() + ".help"));
            assertThat(fields)
                    .allSatisfy(field -> assertThat(shown)
                            .contains(
                                    Messages.text(field.property()),
                                    Messages.text(field.property() + ".tip"),
                                    field.defaultValue()));
        });
    }

    @Test
    void helpOfAFieldIsMarked() {
        Forms.all().filter(given -> given.form() instanceof ElementGui).forEach(given -> {
            ElementGui form = (ElementGui) given.form();
            ElementHelp help = new ElementHelp(form.getLabelResource(), form.fields());
            JEditorPane page =
                    (JEditorPane) ((JScrollPane) help.content()).getViewport().getView();
            for (FormField field : form.fields()) {
                help.show(field);
                assertThat(page.getSelectedText())
                        .startsWith(Messages.text(field.property()) + ": ")
                        .contains(Messages.text(field.property() + ".tip"));
                // such as the text part of a combo box
                Component part = ((Container) form.panel().editor(field.property())).getComponentCount() == 0
                        ? form.panel().editor(field.property())
                        : form.panel().editor(field.property()).getComponent(0);
                assertThat(help.fieldAround(part)).contains(field);
            }
            assertThat(help.fieldAround(form)).isEmpty();
            assertThat(help.fieldAround(null)).isEmpty();
        });
    }

    @Test
    void helpFollowsTheLookWhileItIsOpen() throws Exception {
        JScrollPane shown = (JScrollPane) new ElementHelp("bandwidthTest", BandwidthTestSampler.FIELDS).content();
        Component page = shown.getViewport().getView();
        var before = UIManager.getLookAndFeel();
        try {
            UIManager.setLookAndFeel("javax.swing.plaf.nimbus.NimbusLookAndFeel");
            SwingUtilities.updateComponentTreeUI(shown);
            JEditorPane fresh = new JEditorPane("text/html", "");
            assertThat(page.getFont()).isEqualTo(UIManager.getFont("Label.font").deriveFont(Font.PLAIN));
            assertThat(page.getForeground()).isEqualTo(fresh.getForeground());
            assertThat(page.getBackground()).isEqualTo(fresh.getBackground());
        } finally {
            UIManager.setLookAndFeel(before);
        }
    }

    @Test
    void missingTextIsItsKey() {
        assertThat(Messages.text("no.such.key")).isEqualTo("no.such.key");
        assertThat(Messages.text("no.such.key", 1)).isEqualTo("no.such.key");
        assertThat(Messages.text("check.wholeNumber", 1)).as("too few values").isEqualTo("check.wholeNumber");
    }

    @Test
    void otherLanguagesFallBackToEnglish() {
        Locale before = JMeterUtils.getLocale();
        try {
            JMeterUtils.setLocale(Locale.JAPANESE);
            assertThat(new BandwidthTestSamplerGui().getStaticLabel()).isEqualTo("MikroTik Bandwidth Test");
        } finally {
            JMeterUtils.setLocale(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BandwidthTest.port, 1, 65535, 0",
        "BandwidthTest.port, 2000, 2001, 2000.5",
        "BandwidthTest.duration, 0.02, 604800, 0.01",
        "BandwidthTest.duration, 10, 2.5, '2,5'",
        "BandwidthTest.duration, 1, 2, -1",
        "BandwidthTest.duration, 1m30s, 00:00:10, 10x",
        "BandwidthTest.connectionCount, 1, 255, 256",
        "BandwidthTest.localTxSpeed, 0, 100M, 100X",
        "BandwidthTest.remoteTxSpeed, 1.5G, unlimited, 5G",
        "BandwidthTest.congestionControl, cubic, bbr2-x, the best",
        "BandwidthTest.maxBytes, 500M, 1.5 GB, 5 Mbit",
        "BandwidthTest.dscp, 46, EF, 64",
        "BandwidthTest.dscp, af41, le, af44",
        "BandwidthServer.dscp, 0, cs7, -1",
        "BandwidthTest.localUdpTxSize, 28, 64000, 27",
        "BandwidthTest.remoteUdpTxSize, 28, 64000, 64001",
        "BandwidthTest.connectTimeout, 20, 500ms, 19",
        "BandwidthTest.lostPeerTime, 1, 600, 0.5",
        "BandwidthTest.interval, 20, 5000, 5001",
        "BandwidthTest.authentication, auto, EC-SRP5, sha",
        "BandwidthTest.nat, true, Yes, on",
        "BandwidthTest.intervalReporting, live, sub-results, all",
        "BandwidthServer.port, 0, 65535, 65536",
        "BandwidthServer.udpPortsFrom, 1, 65279, 65280",
        "BandwidthServer.maxSessions, 1, 10000, 99999999999999999999",
        "BandwidthServer.maxDuration, 0.5, 86400, never",
        "BandwidthServer.lostPeerTime, 1, 600, 601",
        "BandwidthServer.authentication, none, md5, auto",
        "ServerSession.timeout, 0, 604800, soon",
        "BandwidthAssertion.minRxSpeed, 900M, 0, fast",
        "BandwidthAssertion.minTxSpeed, 10G, 1.5 Mbps, unlimited",
        "BandwidthAssertion.minIntervalRxSpeed, 1, 1000G, 1001G",
        "BandwidthAssertion.minIntervalTxSpeed, 1k, 5 G, -1",
        "BandwidthAssertion.maxLoss, 0, 0.5, 1%",
        "BandwidthAssertion.maxRemoteCpu, 100, 90, 101",
        "ServerSession.clientAddress, 192.0.2.1, router.example, 192.0.2.300",
        "ServerSession.clientAddress, 192.0.2.0/24, 2001:db8::/32, 192.0.2.0/33",
    })
    void wrongValuesAreKnown(String property, String right, String alsoRight, String wrong) {
        assertThat(problem(property, right)).isEmpty();
        assertThat(problem(property, alsoRight)).isEmpty();
        assertThat(problem(property, "")).isEmpty();
        assertThat(problem(property, "x${y}")).isEmpty();
        assertThat(problem(property, wrong))
                .get()
                .asString()
                .startsWith("Enter ")
                .contains("or an expression");
    }

    @Test
    void aRateThatIsTooHighIsToldTheHighest() {
        assertThat(problem("BandwidthTest.localTxSpeed", "4.3G"))
                .get()
                .asString()
                .contains("up to 4.294967295 Gbit/s; 0 or empty for unlimited");
        assertThat(problem("BandwidthAssertion.minRxSpeed", "1001G"))
                .get()
                .asString()
                .contains("up to 1000 Gbit/s; 0 or empty for no check");
    }

    private static Optional<String> problem(String property, String text) {
        FormPanel panel = form(property).panel();
        panel.set(property, text);
        return panel.problem(property);
    }

    private static ElementGui form(String property) {
        return switch (property.substring(0, property.indexOf('.'))) {
            case "BandwidthTest" -> new BandwidthTestSamplerGui();
            case "BandwidthAssertion" -> new BandwidthAssertionGui();
            case "BandwidthServer" -> new BandwidthServerConfigGui();
            default -> new ServerSessionSamplerGui();
        };
    }
}

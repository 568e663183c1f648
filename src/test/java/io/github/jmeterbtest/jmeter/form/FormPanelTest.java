package io.github.jmeterbtest.jmeter.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.jmeter.BandwidthServerConfig;
import io.github.jmeterbtest.jmeter.BandwidthServerConfigGui;
import io.github.jmeterbtest.jmeter.BandwidthTestDefaultsGui;
import io.github.jmeterbtest.jmeter.BandwidthTestSampler;
import io.github.jmeterbtest.jmeter.BandwidthTestSamplerGui;
import io.github.jmeterbtest.jmeter.FormTestJMeter;
import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.Component;
import java.awt.Container;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JLayer;
import javax.swing.JTextField;
import javax.swing.LookAndFeel;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;
import javax.swing.UnsupportedLookAndFeelException;
import javax.swing.border.LineBorder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The form of a bandwidth test stands for all: it has fields of every kind and every rule. */
class FormPanelTest {
    private static final List<String> DIRECTED = List.of(
            BandwidthTestSampler.LOCAL_TX_SPEED,
            BandwidthTestSampler.REMOTE_TX_SPEED,
            BandwidthTestSampler.LOCAL_UDP_TX_SIZE,
            BandwidthTestSampler.REMOTE_UDP_TX_SIZE,
            BandwidthTestSampler.NAT);

    private FormPanel form;

    @BeforeEach
    void build() {
        FormTestJMeter.start();
        form = new BandwidthTestSamplerGui().panel();
    }

    @ParameterizedTest
    @CsvSource({
        // the fields of DIRECTED in their order; 1 for enabled
        "tcp, receive, 01000",
        "tcp, transmit, 10000",
        "tcp, both, 11000",
        "udp, receive, 01011",
        "udp, transmit, 10101",
        "udp, both, 11111",
        "UDP, ' Receive ', 01011",
        // nor does what a Defaults element may give
        "'', receive, 01011",
        "'', '', 11111",
        // what cannot be known yet rules nothing out
        "${p}, receive, 01011",
        "udp, ${d}, 11111",
        "${p}, ${d}, 11111",
        "ud, bo, 11111",
    })
    void fieldsFollowProtocolAndDirection(String protocol, String direction, String enabled) {
        form.set(BandwidthTestSampler.PROTOCOL, protocol);
        form.set(BandwidthTestSampler.DIRECTION, direction);
        StringBuilder actual = new StringBuilder();
        DIRECTED.forEach(property -> actual.append(form.isEnabled(property) ? 1 : 0));
        assertThat(actual).hasToString(enabled);
    }

    @ParameterizedTest
    @CsvSource({"auto, true", "none, false", "md5, true", "ec-srp5, true", "${a}, true"})
    void userAndPasswordFollowAuthentication(String authentication, boolean enabled) {
        form.set(BandwidthTestSampler.AUTHENTICATION, authentication);
        assertThat(form.isEnabled(BandwidthTestSampler.USER)).isEqualTo(enabled);
        assertThat(form.isEnabled(BandwidthTestSampler.PASSWORD)).isEqualTo(enabled);
    }

    @ParameterizedTest
    @CsvSource({"none, false", "md5, true", "ec-srp5, true", "${a}, true"})
    void serverNeedsUserAndPasswordOnlyWithLogin(String authentication, boolean enabled) {
        FormPanel server = new BandwidthServerConfigGui().panel();
        server.set(BandwidthServerConfig.AUTHENTICATION, authentication);
        assertThat(server.isEnabled(BandwidthServerConfig.USER)).isEqualTo(enabled);
        assertThat(server.isEnabled(BandwidthServerConfig.PASSWORD)).isEqualTo(enabled);
    }

    @Test
    void withoutAnElementThatGivesItAnEmptyChoiceIsItsDefault() {
        FormPanel server = new BandwidthServerConfigGui().panel();
        assertThat(server.isEnabled(BandwidthServerConfig.USER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "BandwidthTest.server, 'required, here or in Defaults'",
        "BandwidthTest.port, default: 2000",
        "BandwidthTest.user, no login",
        "BandwidthTest.direction, default: receive",
        "BandwidthTest.localTxSpeed, unlimited",
        "BandwidthTest.remoteTxSpeed, unlimited",
    })
    void anEmptyFieldTellsWhatItStandsFor(String property, String text) {
        assertThat(form.emptyText(field(property))).isEqualTo(text);
        assertThat(form.get(property)).as("it is no value").isEmpty();
    }

    @Test
    void whatAnotherElementGivesIsToldInsteadOfTheDefault() {
        form.inherit(property -> property.equals(BandwidthTestSampler.DIRECTION) ? "" : "secret");
        assertThat(form.emptyText(field(BandwidthTestSampler.PORT))).isEqualTo("secret (from Defaults)");
        assertThat(form.emptyText(field(BandwidthTestSampler.DIRECTION))).isEqualTo("default: receive");
        assertThat(form.emptyText(field(BandwidthTestSampler.PASSWORD))).isEqualTo("from Defaults");
    }

    @Test
    void aRequiredFieldIsMarkedForEyesAndEars() {
        JComponent server = form.editor(BandwidthTestSampler.SERVER);
        assertThat(label(BandwidthTestSampler.SERVER).getText()).isEqualTo("Server *:");
        assertThat(server.getAccessibleContext().getAccessibleName()).isEqualTo("Server, required");
        assertThat(server.getToolTipText()).endsWith(" Required, here or in Defaults.");
        FormPanel defaults = new BandwidthTestDefaultsGui().panel();
        assertThat(defaults.emptyText(field(BandwidthTestSampler.SERVER))).isEqualTo("none");
        assertThat(new BandwidthServerConfigGui()
                        .panel()
                        .editor(BandwidthServerConfig.USER)
                        .getToolTipText())
                .endsWith(" Required.");
    }

    private static FormField field(String property) {
        return BandwidthTestSampler.FIELDS.stream()
                .filter(field -> field.property().equals(property))
                .findFirst()
                .orElseThrow();
    }

    /** Those of this Java, beside that of {@code FormPicturesIT}. */
    static Stream<LookAndFeel> looks() {
        return Arrays.stream(UIManager.getInstalledLookAndFeels())
                .map(look -> {
                    try {
                        return UIManager.createLookAndFeel(look.getName());
                    } catch (UnsupportedLookAndFeelException e) {
                        return null; // needs another system, or a screen
                    }
                })
                .filter(Objects::nonNull);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void whatAnEmptyFieldStandsForIsReadable(LookAndFeel look) throws Exception {
        var before = UIManager.getLookAndFeel();
        try {
            UIManager.setLookAndFeel(look);
            SwingUtilities.updateComponentTreeUI(form);
            for (String property : List.of(BandwidthTestSampler.PORT, BandwidthTestSampler.PROTOCOL)) {
                assertThat(contrast(property)).as("contrast of %s", property).isGreaterThan(3);
            }
        } finally {
            UIManager.setLookAndFeel(before);
        }
    }

    /** The highest contrast of a point with the ground, as WCAG defines it. */
    private double contrast(String property) {
        int[] points = points(property).toArray();
        return IntStream.of(points)
                .mapToDouble(point -> {
                    double[] both = {luminance(points[0]), luminance(point)};
                    return (Math.max(both[0], both[1]) + 0.05) / (Math.min(both[0], both[1]) + 0.05);
                })
                .max()
                .orElseThrow();
    }

    private static double luminance(int colour) {
        double[] parts = IntStream.of(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF)
                .mapToDouble(part -> part / 255.0)
                .map(part -> part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4))
                .toArray();
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }

    @Test
    void anEmptyFieldShowsItsDefault() {
        for (String property : List.of(
                BandwidthTestSampler.PORT, BandwidthTestSampler.PROTOCOL, BandwidthTestSampler.LOCAL_TX_SPEED)) {
            assertThat(strokes(property))
                    .as("nothing is typed, and something to be read")
                    .isPositive();
            form.set(property, " ");
            assertThat(strokes(property)).as("a space is typed").isZero();
        }
    }

    /** How many points of a field's text part differ from its ground. */
    private long strokes(String property) {
        int[] points = points(property).toArray();
        return IntStream.of(points).filter(point -> point != points[0]).count();
    }

    /** The colours in the middle of a field; the first one is that of the ground. */
    private IntStream points(String property) {
        JLayer<?> layer = (JLayer<?>) form.editor(property).getParent().getParent();
        layer.setSize(layer.getPreferredSize());
        layOut(layer);
        BufferedImage image = new BufferedImage(layer.getWidth(), layer.getHeight(), BufferedImage.TYPE_INT_RGB);
        layer.paint(image.getGraphics());
        int inset = layer.getHeight() / 4;
        // the arrow of a combo box stands at the right end
        return IntStream.range(0, (layer.getWidth() - 3 * layer.getHeight()) * (layer.getHeight() - 2 * inset))
                .map(i -> image.getRGB(
                        inset + i / (layer.getHeight() - 2 * inset), inset + i % (layer.getHeight() - 2 * inset)));
    }

    private static void layOut(Container container) {
        container.doLayout();
        Arrays.stream(container.getComponents())
                .filter(Container.class::isInstance)
                .forEach(child -> layOut((Container) child));
    }

    @Test
    void disabledPartsAreGreyAndTheirTextStays() {
        form.set(BandwidthTestSampler.NAT, "true");
        form.set(BandwidthTestSampler.REMOTE_UDP_TX_SIZE, "nonsense");
        form.set(BandwidthTestSampler.PROTOCOL, "tcp");
        JComponent nat = form.editor(BandwidthTestSampler.NAT);
        assertThat(nat.isEnabled()).isFalse();
        assertThat(form.get(BandwidthTestSampler.NAT)).isEqualTo("true");
        assertThat(label(BandwidthTestSampler.REMOTE_UDP_TX_SIZE).isEnabled()).isFalse();
        assertThat(marked(BandwidthTestSampler.REMOTE_UDP_TX_SIZE))
                .as("what has no effect cannot be wrong")
                .isFalse();

        form.set(BandwidthTestSampler.PROTOCOL, "udp");
        assertThat(nat.isEnabled()).isTrue();
        assertThat(marked(BandwidthTestSampler.REMOTE_UDP_TX_SIZE)).isTrue();
    }

    @Test
    void wrongTextIsMarkedWhileItIsTyped() {
        JTextField port = (JTextField) form.editor(BandwidthTestSampler.PORT);
        String tip = port.getToolTipText();
        assertThat(tip).contains("1 to 65535");
        port.setText("7000");
        assertThat(marked(BandwidthTestSampler.PORT)).isFalse();
        port.setText("70000");
        assertThat(marked(BandwidthTestSampler.PORT)).isTrue();
        assertThat(port.getToolTipText()).isEqualTo("Enter a whole number from 1 to 65535, or an expression.");
        for (String right : List.of("${port}", "", " 2000 ")) {
            port.setText(right);
            assertThat(marked(BandwidthTestSampler.PORT)).as(right).isFalse();
            assertThat(port.getToolTipText()).isEqualTo(tip);
        }
    }

    @Test
    void whatIsTypedOverAChoiceCountsAtOnce() {
        JComboBox<?> protocol = (JComboBox<?>) form.editor(BandwidthTestSampler.PROTOCOL);
        JTextField typed = (JTextField) protocol.getEditor().getEditorComponent();
        typed.setText("upd");
        assertThat(marked(BandwidthTestSampler.PROTOCOL)).isTrue();
        assertThat(form.get(BandwidthTestSampler.PROTOCOL)).isEqualTo("upd");
        assertThat(typed.getToolTipText()).contains("tcp, udp");
        // still the selected item, so that only the editor differs
        form.set(BandwidthTestSampler.PROTOCOL, "tcp");
        assertThat(form.get(BandwidthTestSampler.PROTOCOL)).isEqualTo("tcp");
        assertThat(marked(BandwidthTestSampler.PROTOCOL)).isFalse();
        protocol.setSelectedItem("udp");
        assertThat(form.get(BandwidthTestSampler.PROTOCOL)).isEqualTo("udp");
        assertThat(form.isEnabled(BandwidthTestSampler.NAT)).isTrue();
    }

    @Test
    void anotherLookKeepsTextAndMarks() throws Exception {
        var look = UIManager.getLookAndFeel();
        try {
            form.set(BandwidthTestSampler.PROTOCOL, "${p}");
            UIManager.setLookAndFeel("javax.swing.plaf.nimbus.NimbusLookAndFeel");
            SwingUtilities.updateComponentTreeUI(form);
            assertThat(form.get(BandwidthTestSampler.PROTOCOL)).isEqualTo("${p}");
            JComboBox<?> protocol = (JComboBox<?>) form.editor(BandwidthTestSampler.PROTOCOL);
            ((JTextField) protocol.getEditor().getEditorComponent()).setText("nonsense");
            assertThat(marked(BandwidthTestSampler.PROTOCOL)).isTrue();
        } finally {
            UIManager.setLookAndFeel(look);
        }
    }

    @Test
    void keyboardOrderIsFieldOrder() {
        List<String> order = new ArrayList<>();
        collect(
                form,
                component -> component.getName() != null && component.getName().startsWith("BandwidthTest."),
                component -> order.add(component.getName()));
        assertThat(order)
                .isEqualTo(BandwidthTestSampler.FIELDS.stream()
                        .map(FormField::property)
                        .toList());
    }

    @Test
    void everyEditorHasALabelAndAToolTip() {
        for (FormField field : BandwidthTestSampler.FIELDS) {
            JComponent editor = form.editor(field.property());
            assertThat(editor.getToolTipText()).as(field.property()).isNotBlank();
            assertThat(label(field.property()).getText())
                    .matches(Pattern.quote(Messages.text(field.property())) + "( \\*)?:");
            assertThat(label(field.property()).getToolTipText()).isEqualTo(editor.getToolTipText());
        }
    }

    private boolean marked(String property) {
        boolean red = ((JComponent) form.editor(property).getParent()).getBorder() instanceof LineBorder;
        assertThat(form.problem(property).isPresent()).isEqualTo(red);
        return red;
    }

    private JLabel label(String property) {
        return find(form, JLabel.class, label -> label.getLabelFor() == form.editor(property));
    }

    private static <C extends Component> C find(Container root, Class<C> type, Predicate<C> wanted) {
        List<C> found = new ArrayList<>();
        collect(
                root,
                component -> type.isInstance(component) && wanted.test(type.cast(component)),
                component -> found.add(type.cast(component)));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static void collect(
            Container root, Predicate<Component> wanted, java.util.function.Consumer<Component> found) {
        Arrays.stream(root.getComponents()).forEach(child -> {
            if (wanted.test(child)) {
                found.accept(child);
            }
            if (child instanceof Container inner) {
                collect(inner, wanted, found);
            }
        });
    }
}

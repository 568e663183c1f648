package io.github.jmeterbtest.jmeter.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.jmeter.BandwidthServerConfig;
import io.github.jmeterbtest.jmeter.BandwidthServerConfigGui;
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
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JLayer;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;
import javax.swing.border.LineBorder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void anEmptyFieldShowsItsDefault() {
        for (String property : List.of(BandwidthTestSampler.PORT, BandwidthTestSampler.PROTOCOL)) {
            assertThat(strokes(property))
                    .as("nothing is typed, and something to be read")
                    .isPositive();
            form.set(property, " ");
            assertThat(strokes(property)).as("a space is typed").isZero();
        }
        assertThat(strokes(BandwidthTestSampler.SERVER)).as("has no default").isZero();
    }

    /** How many points of a field's text part differ from its ground. */
    private long strokes(String property) {
        JLayer<?> layer = (JLayer<?>) form.editor(property).getParent().getParent();
        layer.setSize(layer.getPreferredSize());
        layOut(layer);
        BufferedImage image = new BufferedImage(layer.getWidth(), layer.getHeight(), BufferedImage.TYPE_INT_RGB);
        layer.paint(image.getGraphics());
        int inset = layer.getHeight() / 4;
        int ground = image.getRGB(inset, inset);
        // the arrow of a combo box stands at the right end
        return IntStream.range(0, (layer.getWidth() - 3 * layer.getHeight()) * (layer.getHeight() - 2 * inset))
                .map(i -> image.getRGB(
                        inset + i / (layer.getHeight() - 2 * inset), inset + i % (layer.getHeight() - 2 * inset)))
                .filter(colour -> colour != ground)
                .count();
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
            assertThat(label(field.property()).getText()).isEqualTo(Messages.text(field.property()) + ":");
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

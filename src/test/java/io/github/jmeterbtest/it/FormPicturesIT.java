package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.weisj.darklaf.DarkLaf;
import com.github.weisj.darklaf.LafManager;
import com.github.weisj.darklaf.theme.DarculaTheme;
import io.github.jmeterbtest.jmeter.BandwidthAssertion;
import io.github.jmeterbtest.jmeter.BandwidthAssertionGui;
import io.github.jmeterbtest.jmeter.BandwidthServerConfig;
import io.github.jmeterbtest.jmeter.BandwidthServerConfigGui;
import io.github.jmeterbtest.jmeter.BandwidthSummariserGui;
import io.github.jmeterbtest.jmeter.BandwidthTestDefaultsGui;
import io.github.jmeterbtest.jmeter.BandwidthTestSampler;
import io.github.jmeterbtest.jmeter.BandwidthTestSamplerGui;
import io.github.jmeterbtest.jmeter.RouterList;
import io.github.jmeterbtest.jmeter.RouterListGui;
import io.github.jmeterbtest.jmeter.ServerSessionSampler;
import io.github.jmeterbtest.jmeter.ServerSessionSamplerGui;
import io.github.jmeterbtest.jmeter.ThroughputSearchSampler;
import io.github.jmeterbtest.jmeter.ThroughputSearchSamplerGui;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import javax.swing.SwingUtilities;
import javax.swing.UIManager;
import org.apache.jmeter.gui.AbstractJMeterGuiComponent;
import org.apache.jmeter.gui.GUIFactory;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.jorphan.gui.JFactory;
import org.apache.jorphan.gui.JMeterUIDefaults;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Draws every form as JMeter would, in its default look. With {@code -Dbtest.pictures=docs/images} it renews the
 * manual's pictures; {@code -Dbtest.scale=2} and {@code -Dbtest.look=javax.swing.plaf.metal.MetalLookAndFeel} show
 * other sizes and looks.
 */
class FormPicturesIT {
    private static final int WIDTH = 900;
    private static final float SCALE = Float.parseFloat(System.getProperty("btest.scale", "1"));

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws Exception {
        Path properties = Files.writeString(home.resolve("jmeter.properties"), "language=en\n");
        JMeterUtils.loadJMeterProperties(properties.toString());
        JMeterUtils.initLocale();
        SwingUtilities.invokeAndWait(() -> {
            JMeterUIDefaults.INSTANCE.install();
            JMeterUIDefaults.INSTANCE.setScale(SCALE);
            // what JMeter's LookAndFeelCommand does, but that would also store the look in the user's preferences
            LafManager.setTheme(new DarculaTheme());
            JFactory.refreshUI(System.getProperty("btest.look", DarkLaf.class.getName()));
            // without a screen nobody asks for smooth letters
            UIManager.put(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        });
    }

    @Test
    void bandwidthTest() throws Exception {
        TestElement element = new BandwidthTestSamplerGui().createTestElement();
        set(
                element,
                "UDP both ways, head office",
                Map.of(
                        BandwidthTestSampler.SERVER, "192.0.2.1",
                        BandwidthTestSampler.USER, "btest",
                        BandwidthTestSampler.PASSWORD, "${password}",
                        BandwidthTestSampler.PROTOCOL, "udp",
                        BandwidthTestSampler.DIRECTION, "both",
                        BandwidthTestSampler.DURATION, "${__P(btest.duration,30)}",
                        BandwidthTestSampler.LOCAL_TX_SPEED, "100M",
                        BandwidthTestSampler.REMOTE_TX_SPEED, "500M",
                        BandwidthTestSampler.RANDOM_DATA, "true"));
        draw("bandwidth-test", new BandwidthTestSamplerGui(), element);
    }

    @Test
    void bandwidthTestDefaults() throws Exception {
        TestElement element = new BandwidthTestDefaultsGui().createTestElement();
        set(
                element,
                "Login and cap of all branches",
                Map.of(
                        BandwidthTestSampler.USER, "btest",
                        BandwidthTestSampler.PASSWORD, "${password}",
                        BandwidthTestSampler.AUTHENTICATION, "ec-srp5",
                        BandwidthTestSampler.DIRECTION, "both",
                        BandwidthTestSampler.LOCAL_TX_SPEED, "50M",
                        BandwidthTestSampler.REMOTE_TX_SPEED, "50M"));
        draw("bandwidth-test-defaults", new BandwidthTestDefaultsGui(), element);
    }

    @Test
    void throughputSearch() throws Exception {
        TestElement element = new ThroughputSearchSamplerGui().createTestElement();
        set(
                element,
                "RFC 2544, head office",
                Map.of(
                        BandwidthTestSampler.SERVER, "192.0.2.1",
                        BandwidthTestSampler.USER, "btest",
                        BandwidthTestSampler.PASSWORD, "${password}",
                        ThroughputSearchSampler.HIGHEST_RATE, "500M",
                        ThroughputSearchSampler.MIN_RATE, "300M",
                        ThroughputSearchSampler.CSV_FILE, "throughput.csv"));
        draw("throughput-search", new ThroughputSearchSamplerGui(), element);
    }

    @Test
    void wrongValues() throws Exception {
        TestElement element = new BandwidthTestSamplerGui().createTestElement();
        set(
                element,
                "Wrong values",
                Map.of(
                        BandwidthTestSampler.PORT, "70000",
                        BandwidthTestSampler.AUTHENTICATION, "none",
                        BandwidthTestSampler.PROTOCOL, "tpc",
                        BandwidthTestSampler.NAT, "${nat}",
                        BandwidthTestSampler.RANDOM_DATA, "perhaps",
                        BandwidthTestSampler.REMOTE_TX_SPEED, "100 MB"));
        BufferedImage wrong = draw("wrong-values", new BandwidthTestSamplerGui(), element);
        assertThat(colours(wrong)).as("the red frame").contains(0xFFE03C3CL);
    }

    @Test
    void bandwidthServer() throws Exception {
        TestElement element = new BandwidthServerConfigGui().createTestElement();
        set(
                element,
                "Server for the branch routers",
                Map.of(
                        BandwidthServerConfig.BIND_ADDRESS, "0.0.0.0",
                        BandwidthServerConfig.AUTHENTICATION, "ec-srp5",
                        BandwidthServerConfig.USER, "btest",
                        BandwidthServerConfig.PASSWORD, "secret"));
        draw("bandwidth-server", new BandwidthServerConfigGui(), element);
    }

    @Test
    void routerList() throws Exception {
        TestElement element = new RouterListGui().createTestElement();
        set(
                element,
                "Routers",
                Map.of(
                        RouterList.FILE, "${__P(btest.routers,routers.csv)}",
                        RouterList.COLUMNS, "name,address,port,direction,minReceive",
                        RouterList.ENGINE, "${__P(btest.engine,)}",
                        RouterList.ENGINES, "${__P(btest.engines,)}"));
        draw("router-list", new RouterListGui(), element);
    }

    @Test
    void serverSession() throws Exception {
        TestElement element = new ServerSessionSamplerGui().createTestElement();
        set(element, "Next router", Map.of(ServerSessionSampler.SERVER_NAME, "Server for the branch routers"));
        draw("server-session", new ServerSessionSamplerGui(), element);
    }

    @Test
    void bandwidthAssertion() throws Exception {
        TestElement element = new BandwidthAssertionGui().createTestElement();
        set(
                element,
                "Contract: 900 down, 400 up",
                Map.of(
                        BandwidthAssertion.MIN_RX_SPEED, "900M",
                        BandwidthAssertion.MIN_TX_SPEED, "400M",
                        BandwidthAssertion.MIN_INTERVAL_RX_SPEED, "${min}",
                        BandwidthAssertion.MAX_LOSS, "0.5",
                        BandwidthAssertion.MAX_REMOTE_CPU, "95"));
        draw("bandwidth-assertion", new BandwidthAssertionGui(), element);
    }

    @Test
    void bandwidthSummary() throws Exception {
        BandwidthSummariserGui form = new BandwidthSummariserGui();
        draw("bandwidth-summary", form, form.createTestElement());
    }

    /** As JMeter's tree shows them, enabled and disabled, on light and on dark ground; below it at twice the size. */
    @Test
    void icons() throws Exception {
        List<Class<?>> forms = List.of(
                BandwidthTestSamplerGui.class,
                BandwidthTestDefaultsGui.class,
                BandwidthServerConfigGui.class,
                ServerSessionSamplerGui.class,
                BandwidthSummariserGui.class);
        BufferedImage sheet = new BufferedImage(24 * 4 * forms.size(), 72, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth() / 2, sheet.getHeight());
        graphics.setColor(new Color(0x3C, 0x3F, 0x41));
        graphics.fillRect(sheet.getWidth() / 2, 0, sheet.getWidth(), sheet.getHeight());
        for (int scale = 1; scale <= 2; scale++) {
            for (int i = 0; i < forms.size() * 4 / scale; i++) {
                Class<?> form = Class.forName(forms.get(i / 2 % forms.size()).getName());
                GUIFactory.getIcon(form, i % 2 == 0).paintIcon(null, graphics, 24 * i + 2, scale == 1 ? 2 : 14);
            }
            graphics.scale(2, 2);
        }
        graphics.dispose();
        assertThat(colours(sheet).distinct().count()).isGreaterThan(20);
    }

    private static void set(TestElement element, String name, Map<String, String> values) {
        element.setName(name);
        values.forEach(element::setProperty);
    }

    private static BufferedImage draw(String name, AbstractJMeterGuiComponent form, TestElement element)
            throws Exception {
        BufferedImage[] image = new BufferedImage[1];
        SwingUtilities.invokeAndWait(() -> {
            form.configure(element);
            // twice: what wraps knows its height only after it knows its width
            for (int pass = 0; pass < 2; pass++) {
                form.setSize((int) (WIDTH * SCALE), Math.max(1, form.getPreferredSize().height));
                layOut(form);
            }
            image[0] = new BufferedImage(form.getWidth(), form.getHeight(), BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image[0].createGraphics();
            form.printAll(graphics);
            graphics.dispose();
        });
        assertThat(image[0].getHeight()).isGreaterThan(80);
        assertThat(colours(image[0]).distinct().count())
                .as("colours of %s", name)
                .isGreaterThan(2);
        save(name, image[0]);
        return image[0];
    }

    /** A component that was never shown is not laid out by anyone else. */
    private static void layOut(Container container) {
        container.doLayout();
        for (Component child : container.getComponents()) {
            if (child instanceof Container inner) {
                layOut(inner);
            }
        }
    }

    private static LongStream colours(BufferedImage image) {
        return IntStream.of(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .mapToLong(Integer::toUnsignedLong);
    }

    private static void save(String name, BufferedImage image) throws IOException {
        String directory = System.getProperty("btest.pictures");
        if (directory != null) {
            Files.createDirectories(Path.of(directory));
            ImageIO.write(image, "png", Path.of(directory, name + ".png").toFile());
        }
    }
}

package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.Component;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import javax.swing.JFileChooser;
import javax.swing.JOptionPane;
import org.apache.jmeter.gui.util.FileDialoger;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.testelement.property.JMeterProperty;
import org.apache.jmeter.util.JMeterUtils;

/** The file with the routers of a new fleet plan: one that the user has, or a copy of the example. */
final class FleetFile {
    private static final String EXAMPLE = "routers.csv";
    private static final String JMETER_PROPERTY = "${__P(btest.routers,";

    private FleetFile() {}

    /** {@return the property of that element that names the file, if it has one} */
    static Optional<JMeterProperty> property(TestElement element) {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(element.propertyIterator(), Spliterator.ORDERED), false)
                .filter(property -> property.getStringValue().startsWith(JMETER_PROPERTY))
                .findFirst();
    }

    /** Has the element read that file. */
    static void set(TestElement element, Path file) {
        // of two backslashes in a text JMeter keeps one
        String name = file.toString().replace(File.separatorChar, '/');
        property(element).ifPresent(property -> element.setProperty(property.getName(), name));
    }

    /** {@return a file that exists, or none if the user cancelled} */
    static Optional<Path> ask(Component parent) throws IOException {
        Object[] choices = {
            Messages.text("newPlan.routers.open"),
            Messages.text("newPlan.routers.example"),
            JMeterUtils.getResString("cancel")
        };
        int choice = JOptionPane.showOptionDialog(
                parent,
                Messages.text("newPlan.routers"),
                NewPlan.FLEET.title(),
                JOptionPane.DEFAULT_OPTION,
                JOptionPane.QUESTION_MESSAGE,
                null,
                choices,
                choices[0]);
        return switch (choice) {
            case 0 -> chosen(FileDialoger.promptToOpenFile());
            case 1 -> {
                Optional<Path> file = chosen(FileDialoger.promptToSaveFile(EXAMPLE));
                if (file.isPresent()) {
                    writeExample(file.get());
                }
                yield file;
            }
            default -> Optional.empty();
        };
    }

    private static Optional<Path> chosen(JFileChooser chooser) {
        return Optional.ofNullable(chooser)
                .map(JFileChooser::getSelectedFile)
                .map(file -> file.toPath().toAbsolutePath());
    }

    /** Overwrites nothing. */
    static void writeExample(Path file) throws IOException {
        try {
            Files.write(file, NewPlan.example(EXAMPLE), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(Messages.text("newPlan.routers.exists", file), e);
        }
    }
}

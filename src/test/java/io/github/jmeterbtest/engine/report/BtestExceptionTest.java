package io.github.jmeterbtest.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class BtestExceptionTest {
    private final IOException cause = new IOException("unplugged");

    @Test
    void aWrongOptionIsNamed() {
        BtestException failure = BtestException.invalidOption("port", "is 0; must be 1 to 65535");
        assertThat(failure).hasMessage("port is 0; must be 1 to 65535");
        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_OPTION);
        assertThat(failure.option()).contains("port");
        assertThat(failure.report()).isEmpty();
    }

    @Test
    void itsNameCanBeTheOneThatUsersKnow() {
        BtestException failure = BtestException.invalidOption("port", "is 0; must be 1 to 65535");
        BtestException known = failure.withOptionCalled("TCP port");
        assertThat(known).hasMessage("TCP port is 0; must be 1 to 65535");
        assertThat(known.option()).contains("port");
        assertThat(known.kind()).isEqualTo(failure.kind());
        assertThat(known.getStackTrace()).isEqualTo(failure.getStackTrace());
    }

    @Test
    void anotherFailureHasNoOption() {
        assertThat(new BtestException(ErrorKind.PEER_LOST, "gone").option()).isEmpty();
        assertThat(new BtestException(ErrorKind.PEER_LOST, "gone", cause)).hasCause(cause);
    }

    @Test
    void whatWasMeasuredIsAddedToTheSameFailure() {
        BtestException failure = new BtestException(ErrorKind.PEER_LOST, "gone", cause);
        BtestException measured = failure.with(null);
        assertThat(measured).isNotSameAs(failure).hasMessage("gone").hasCause(cause);
        assertThat(measured.kind()).isEqualTo(ErrorKind.PEER_LOST);
        assertThat(measured.getStackTrace()).isEqualTo(failure.getStackTrace());
    }
}

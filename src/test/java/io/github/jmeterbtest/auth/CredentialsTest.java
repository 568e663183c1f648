package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    @Test
    void nothingCountsAsEmpty() {
        assertThat(new Credentials(null, null)).isEqualTo(new Credentials("", ""));
    }

    @Test
    void thePasswordNeverShows() {
        assertThat(new Credentials("admin", "secret"))
                .asString()
                .contains("admin")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"abc, 3", "é, 2", "'', 0"})
    void aNameOfTheGreatestLengthCanBeSent(String user, int longest) throws Exception {
        assertThat(new Credentials(user, "").sendableUser(longest)).isEqualTo(user.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> new Credentials(user + '.', "").sendableUser(longest))
                .isInstanceOf(AuthException.class)
                .hasMessageContaining(longest + 1 + " bytes in UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\0admin", "ad\0min", "admin\0"})
    void aNameWithAZeroCharacterCannotBeSent(String user) {
        assertThatThrownBy(() -> new Credentials(user, "").sendableUser(100))
                .isInstanceOf(AuthException.class)
                .hasMessage("the user name contains a zero character");
    }
}

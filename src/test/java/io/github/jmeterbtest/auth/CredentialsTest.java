package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}

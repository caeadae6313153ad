package solutions.itms.scs.api.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoredPasswordTest {
    @Test
    void anEncryptedPasswordIsDecrypted() {
        assertThat(StoredPassword.plain("x9", stored -> "secret".toCharArray())).isEqualTo("secret");
    }

    @Test
    void whatIsNotEncryptedIsTakenAsItIs() {
        assertThat(StoredPassword.plain("secret", null)).isEqualTo("secret");
        assertThat(StoredPassword.plain("secret", stored -> null)).isEqualTo("secret");
        assertThat(StoredPassword.plain("secret", stored -> {
                    throw new IllegalStateException("not encrypted");
                }))
                .isEqualTo("secret");
    }

    @Test
    void nothingStaysNothingAndIsNotDecrypted() {
        assertThat(StoredPassword.plain("", stored -> "something".toCharArray()))
                .isEmpty();
    }
}

package solutions.itms.scs.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.api.settings.Options;

class SshSettingsTest {
    @TempDir
    Path directory;

    @Test
    void withoutAnyPropertyGatesAreProbedEveryMinuteAndTheMissingKeyIsSaid() {
        SshSettings settings = of(Map.of());
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.command()).isEqualTo(Vitals.COMMAND);
        assertThat(settings.problems())
                .containsExactly("there is no key to log in to gates with (key.file); probes end before the login");
    }

    @Test
    void portsAndHostKeysOfSingleGatesAreReadAndWhatIsWrongIsNamed() {
        String fingerprint = "SHA256:" + "a".repeat(43);
        SshSettings settings =
                of(Map.of("ports", "G1-01=22, G1-02=0 nonsense", "host.keys", "G1-01=" + fingerprint + ",G1-02=MD5:1"));
        assertThat(settings.ports()).containsExactly(Map.entry("G1-01", 22));
        assertThat(settings.given()).containsExactly(Map.entry("G1-01", fingerprint));
        assertThat(settings.problems())
                .contains(
                        "ports: '0' of G1-02 is no port from 1 to 65535; it is left out",
                        "ports: 'nonsense' is not of the form gate=value; it is left out",
                        "host.keys: 'MD5:1' of G1-02 is no fingerprint as ssh-keygen -l prints it (SHA256:…); it is"
                                + " left out");
    }

    @Test
    void aKeyFileThatOthersMayReadOrThatIsNoneIsSaid() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "no key at all");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(of(Map.of("key.file", file.toString())).problems())
                .anyMatch(text -> text.endsWith("can be read by others than its owner: chmod 600 it"))
                .anyMatch(text -> text.startsWith("the key in " + file + " can't be used: "));
    }

    private static SshSettings of(Map<String, ?> properties) {
        return SshSettings.of(new Options(properties), stored -> stored);
    }

    @Test
    void keysOfAKeyStoreGoBeforeThoseOfFilesAndOneThatIsMissingIsTold() throws Exception {
        java.security.KeyPairGenerator generator = java.security.KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        java.security.KeyPair pair = generator.generateKeyPair();
        SshSettings settings = SshSettings.of(
                new Options(Map.of("key.alias", "gates", "key.alias.old", "gone")), stored -> stored, alias -> {
                    if (alias.equals("gates")) {
                        return pair;
                    }
                    throw new java.io.IOException("the key store has no private key of this name");
                });
        assertThat(settings.login().keys()).hasSize(1);
        assertThat(settings.login().keys().get(0).getPublic()).isEqualTo(pair.getPublic());
        assertThat(settings.problems())
                .containsExactly("key.alias.old 'gone' can't be used: the key store has no private key of this name");
    }
}

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
}

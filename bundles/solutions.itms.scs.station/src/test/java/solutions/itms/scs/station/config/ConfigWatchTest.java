package solutions.itms.scs.station.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solutions.itms.scs.station.StationDeviceRules;
import solutions.itms.scs.station.config.ConfigOutcome.Loaded;
import solutions.itms.scs.station.config.ConfigOutcome.Missing;
import solutions.itms.scs.station.config.ConfigOutcome.Refused;

class ConfigWatchTest {
    @TempDir
    Path folder;

    private final List<ConfigOutcome> told = new ArrayList<>();
    private final StationFileReader reader = new StationFileReader(new StationDeviceRules());
    private Path file;
    private ConfigWatch watch;

    @BeforeEach
    void watchAGoodFile() throws IOException {
        file = folder.resolve("config.json");
        watch = new ConfigWatch(file, content -> reader.read(content, folder, Map.of()), told::add);
        Files.writeString(file, Fixtures.appendixE());
        assertThat(watch.read()).isInstanceOf(Loaded.class);
    }

    @Test
    @DisplayName("C1: a change is told once, also when size and time stay the same")
    void aChangeIsToldOnce() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        replace(Fixtures.appendixE().replace("3070", "3071"));
        Files.setLastModifiedTime(file, time);
        watch.check();
        watch.check();
        assertThat(ports()).containsExactly(3071);
    }

    @Test
    void aFileThatIsWrittenAgainUnchangedIsNotTold() throws IOException {
        replace(Fixtures.appendixE());
        watch.check();
        watch.check();
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("C2: a half-written file is waited for")
    void aHalfWrittenFileIsWaitedFor() throws IOException {
        String next = Fixtures.appendixE().replace("3070", "3072");
        Files.writeString(file, next.substring(0, 100));
        watch.check();
        Files.writeString(file, next.substring(0, 200));
        watch.check();
        Files.writeString(file, next);
        watch.check();
        assertThat(ports()).containsExactly(3072);
    }

    @Test
    @DisplayName("C2: a wrong file is reported once, and a mended one is taken")
    void aWrongFileIsReportedOnce() throws IOException {
        replace(Fixtures.with("heartbeatPort", 0));
        for (int i = 0; i < 5; i++) {
            watch.check();
        }
        assertThat(told).singleElement().isInstanceOf(Refused.class);
        replace(Fixtures.appendixE());
        watch.check();
        assertThat(told).last().isInstanceOf(Loaded.class);
    }

    @Test
    void aFileThatGoesIsReportedOnce() throws IOException {
        Files.delete(file);
        for (int i = 0; i < 5; i++) {
            watch.check();
        }
        assertThat(told).containsExactly(new Missing());
    }

    @Test
    void aFolderInItsPlaceIsAnError() throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(watch.read()).isInstanceOf(Refused.class);
    }

    @Test
    void aFileWithoutEndIsAnError() throws IOException {
        Files.write(file, new byte[4 * 1024 * 1024 + 1]);
        assertThat(watch.read()).asString().contains("larger than");
    }

    private List<Integer> ports() {
        return told.stream().map(each -> ((Loaded) each).file().heartbeatPort()).toList();
    }

    /** As careful programs do. */
    private void replace(String text) throws IOException {
        Path next = Files.writeString(folder.resolve("config.json.new"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

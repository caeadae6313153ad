package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the timeline of a recorder to a clip that plays in a browser, over everything that lies between. */
class ConsoleRecorderIT {
    private static final Path IMAGES = Path.of("../../docs/images");
    private static final String PASSWORD = "correct horse battery";
    private static final String PAGE = "/dashboard/nvrs/demo/nvr-1";
    private static final String RECORDER = "solutions.itms.scs.nvr.Recorder~nvr-1/";

    private final int httpPort = Scs.freePort();

    @TempDir
    Path directory;

    ConsoleRecorderIT() throws IOException {}

    /** A simulated recorder of the packaged testkit, by reflection: it is not on this class path. */
    private static final class Simulated implements AutoCloseable {
        private static final String TESTKIT = "solutions.itms.scs.testkit.";

        private final URLClassLoader loader;
        private final AutoCloseable site;
        private final AutoCloseable replay;
        private final Object nvr;

        Simulated() throws Exception {
            Path jar =
                    Kura.jars(Path.of("../solutions.itms.scs.testkit/target")).get(0);
            loader = new URLClassLoader(
                    new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
            site = (AutoCloseable) make("camera.CameraSite");
            replay = (AutoCloseable) make("rtsp.ReplayServer");
            Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            List<Object> recordings = List.of(
                    recording("north", 1, "North entrance", now, 360, 95, 80, 2),
                    recording("platform", 2, "Platform 1 east", now, 300, 200, 140, 2),
                    recording("hall", 3, "Ticket hall", now, 330, 310, 290, 240, 60, 35, 20, 12));
            for (Object recording : recordings) {
                Kura.invoke(replay, "add", recording);
            }
            Kura.invoke(replay, "login", "MD5", "admin", "secret");
            String address = "rtsp://127.0.0.1:" + Kura.invoke(replay, "port") + "/replay";
            nvr = loader.loadClass(TESTKIT + "nvr.SimulatedNvr")
                    .getConstructors()[0]
                    .newInstance(site, address, recordings);
        }

        private Object make(String name) throws Exception {
            return loader.loadClass(TESTKIT + name).getConstructor().newInstance();
        }

        /** @param minutes before now: from, to, from, to and so on */
        private Object recording(String token, int channel, String name, Instant now, long... minutes)
                throws Exception {
            var span = loader.loadClass(TESTKIT + "rtsp.Recording$TimeSpan").getConstructors()[0];
            List<Object> spans = new java.util.ArrayList<>();
            for (int i = 0; i < minutes.length; i += 2) {
                spans.add(span.newInstance(
                        now.minus(Duration.ofMinutes(minutes[i])), now.minus(Duration.ofMinutes(minutes[i + 1]))));
            }
            Object format = loader.loadClass(TESTKIT + "rtsp.Recording$Format")
                    .getMethod("small")
                    .invoke(null);
            return loader.loadClass(TESTKIT + "rtsp.Recording")
                    .getConstructors()[0]
                    .newInstance(token, channel, name, spans, format);
        }

        String address() throws Exception {
            return String.valueOf(Kura.invoke(Objects.requireNonNull(Kura.invoke(nvr, "device")), "address"));
        }

        @Override
        public void close() throws Exception {
            replay.close();
            site.close();
            loader.close();
        }
    }

    @Test
    void aStretchPickedInTheTimelineIsAClipThatPlays() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        try (Simulated simulated = new Simulated();
                Scs scs = new Scs(
                        "run",
                        "--no-site",
                        "--data",
                        directory.resolve("data").toString(),
                        "--station-port",
                        Integer.toString(Scs.freePort()),
                        "--http-port",
                        Integer.toString(httpPort),
                        "--mqtt-port",
                        Integer.toString(Scs.freePort()),
                        "--admin-password-file",
                        password.toString(),
                        "--set",
                        RECORDER + "id=nvr-1",
                        "--set",
                        RECORDER + "name=Equipment room",
                        "--set",
                        RECORDER + "address=" + simulated.address(),
                        "--set",
                        RECORDER + "user=admin",
                        "--set",
                        RECORDER + "password=secret",
                        "--set",
                        "solutions.itms.scs.command.Executor/http.url=" + address());
                Browser browser = new Browser()) {
            scs.ready();
            logIn(browser);
            await().atMost(Scs.PATIENCE).untilAsserted(() -> {
                browser.open(address() + PAGE, 1280, 1000);
                browser.find("timeline");
            });
            // by the day it would depend on the time of day what is seen
            browser.run(
                    "[...document.querySelectorAll('input[type=radio]')].find((one) => one.value === '21600000').click()");
            awaitTrue(browser, "document.querySelectorAll('[data-testid=track-1] [data-kind=recorded]').length === 2");
            assertThat(browser.is("document.querySelectorAll('[data-testid=track-1] [data-kind=gap]').length >= 1"))
                    .isTrue();
            browser.run("document.querySelector('[data-testid=timeline] button[title=\"Platform 1 east\"]').click()");
            Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(100));
            type(browser, "export-from", from);
            type(browser, "export-to", from.plusSeconds(120));
            assertThat(browser.text("export-length")).contains("2 min 00 s");
            browser.press("export-send");

            browser.waitFor("[data-testid^=recording-][data-state=ready]");
            assertThat(browser.text("recordings")).contains("avc1", "SHA-256");
            browser.press("watch");
            awaitTrue(browser, "document.querySelector('video').readyState >= 2");
            awaitTrue(browser, "Math.abs(document.querySelector('video').duration - 120) < 3");
            browser.run("document.querySelector('video').currentTime = 60");
            awaitTrue(
                    browser,
                    "!document.querySelector('video').seeking"
                            + " && Math.abs(document.querySelector('video').currentTime - 60) < 0.1");
            assertThat(browser.is("document.querySelector('[data-testid=evidence]') !== null"))
                    .isTrue();
            picture(browser);
            looks(browser);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** As it is looked at in the dark, in Thai, and on a phone. */
    private void looks(Browser browser) throws IOException {
        for (String language : List.of("en", "th")) {
            browser.run(
                    "localStorage.setItem('scs:color-scheme', 'dark'); localStorage.setItem('scs:language', arguments[0])",
                    language);
            for (int width : new int[] {1280, 390}) {
                browser.open(address() + PAGE, width, width == 390 ? 2_600 : 1_500);
                browser.waitFor("[data-testid^=recording-][data-state=ready]");
                awaitTrue(browser, "document.querySelectorAll('[data-testid=track-1] [data-kind]').length > 0");
                assertThat(browser.is("document.documentElement.scrollWidth <= arguments[0]", width))
                        .as("fits " + width)
                        .isTrue();
                browser.screenshot(Path.of("target", "console", "recorder-" + language + "-" + width + ".png"));
            }
        }
    }

    /** Types a moment as people type it into such a field. */
    private static void type(Browser browser, String field, Instant at) {
        browser.run("""
                const input = document.querySelector(`[data-testid=${arguments[0]}]`);
                const at = new Date(arguments[1]);
                const text = new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
                Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, text);
                input.dispatchEvent(new Event('input', { bubbles: true }));""", field, at.toEpochMilli());
    }

    private static void awaitTrue(Browser browser, String condition) {
        await().atMost(Scs.PATIENCE).ignoreExceptions().until(() -> browser.is(condition));
    }

    private void logIn(Browser browser) {
        browser.open(address() + "/dashboard/nvrs", 1280, 1000);
        browser.waitFor("input[name=username]");
        browser.keys("admin", "\t", PASSWORD, "\n");
        browser.waitFor("[data-testid=user-menu]");
    }

    private String address() {
        return "http://127.0.0.1:" + httpPort;
    }

    private static void picture(Browser browser) throws IOException {
        awaitTrue(browser, "document.getAnimations().every((one) => one.playState !== 'running')");
        browser.run("window.scrollTo(0, 0)");
        browser.screenshot((Boolean.getBoolean("scs.docs.write") ? IMAGES : Path.of("target", "console"))
                .resolve("console-recorder.png"));
    }
}

package solutions.itms.scs.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a press in the console to the camera that turns, and back again, over everything that lies between. */
class ConsoleCameraIT {
    private static final Path IMAGES = Path.of("../../docs/images");
    private static final String PASSWORD = "correct horse battery";
    private static final String CAMERA = "solutions.itms.scs.camera.Camera~cam-1/";
    private static final String PAGE = "/dashboard/cameras/demo/cam-1";

    private final int httpPort = Scs.freePort();

    @TempDir
    Path directory;

    ConsoleCameraIT() throws IOException {}

    /** A simulated camera of the packaged testkit, by reflection: it is not on this class path. */
    private static final class Simulated implements AutoCloseable {
        private final URLClassLoader loader;
        private final AutoCloseable site;
        private final Object camera;

        Simulated() throws Exception {
            Path jar =
                    Kura.jars(Path.of("../solutions.itms.scs.testkit/target")).get(0);
            loader = new URLClassLoader(
                    new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
            site = (AutoCloseable) loader.loadClass("solutions.itms.scs.testkit.camera.CameraSite")
                    .getConstructor()
                    .newInstance();
            camera = Kura.invoke(site, "camera");
            Kura.invoke(Kura.invoke(camera, "model"), "streamsHere");
        }

        @Nullable
        Object ask(String part, String method, Object... arguments) throws Exception {
            return Kura.invoke(Kura.invoke(camera, part), method, arguments);
        }

        String address() throws Exception {
            return String.valueOf(Kura.invoke(camera, "address"));
        }

        List<?> moves() throws Exception {
            return (List<?>) ask("ptz", "moves");
        }

        List<?> requests() throws Exception {
            return (List<?>) Kura.invoke(camera, "requests");
        }

        /** Fails when it was sent anything that the standard does not allow. */
        @Override
        public void close() throws Exception {
            site.close();
            loader.close();
        }
    }

    @Test
    void aCameraIsSeenMovedSetAndHeard() throws Exception {
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
                        CAMERA + "id=cam-1",
                        "--set",
                        CAMERA + "name=North entrance",
                        "--set",
                        CAMERA + "address=" + simulated.address(),
                        "--set",
                        CAMERA + "user=admin",
                        "--set",
                        CAMERA + "password=secret",
                        "--set",
                        CAMERA + "interval=5",
                        "--set",
                        CAMERA + "thumbnail.interval=2",
                        "--set",
                        "solutions.itms.scs.command.Executor/http.url=" + address());
                Browser browser = new Browser()) {
            scs.ready();
            logIn(browser);
            aPictureIsInTheList(browser);
            browser.open(address() + PAGE, 1280, 1000);
            aPressTurnsItAndLettingGoStopsIt(browser, simulated);
            aSettingIsChanged(browser, simulated);
            whatHappensIsOnThePage(browser, simulated);
            looks(browser);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private void aPictureIsInTheList(Browser browser) {
        awaitTrue(browser, """
                (() => {
                  const asked = new XMLHttpRequest();
                  asked.open('HEAD', '/api/v1/devices/demo/cam-1/thumbnail', false);
                  asked.send();
                  return asked.status === 200;
                })()""");
        // a list that is open looks for pictures once a minute
        browser.open(address() + "/dashboard/cameras", 1280, 1000);
        browser.waitFor("[data-testid=device-cam-1]");
        awaitTrue(browser, "document.querySelector('[data-testid=thumbnail]').naturalWidth > 0");
        browser.waitForText("device-cam-1", "North entrance");
        assertThat(browser.has("find-cameras")).isTrue();
    }

    private static void aPressTurnsItAndLettingGoStopsIt(Browser browser, Simulated simulated) {
        browser.find("ptz-left");
        browser.run("document.querySelector('[data-testid=ptz]').scrollIntoView({block: 'center'})");
        browser.hold(
                "ptz-left",
                () -> await().atMost(Scs.PATIENCE)
                        .until(() -> simulated.moves().stream()
                                .anyMatch(move -> move.toString().matches("ContinuousMove -0\\.5000 0\\.0000 PT.*S"))));
        await().atMost(Scs.PATIENCE)
                .until(() -> simulated.moves().get(simulated.moves().size() - 1).equals("Stop"));
    }

    private static void aSettingIsChanged(Browser browser, Simulated simulated) {
        browser.press("read-imaging");
        browser.waitFor("[data-testid=imaging-brightness] [role=slider]");
        browser.run("document.querySelector('[data-testid=imaging-brightness] [role=slider]').focus()");
        browser.keys(org.openqa.selenium.Keys.ARROW_RIGHT);
        browser.press("apply-imaging");
        await().atMost(Scs.PATIENCE)
                .until(() -> simulated.requests().stream()
                        .anyMatch(request -> request.toString()
                                .matches("(?s).*SetImagingSettings.*<tt:Brightness>51(\\.0)?</tt:Brightness>.*")));
    }

    private static void whatHappensIsOnThePage(Browser browser, Simulated simulated) throws Exception {
        await().atMost(Scs.PATIENCE).until(() -> !Integer.valueOf(0).equals(simulated.ask("events", "pulls")));
        simulated.ask("events", "emit", "tns1:VideoSource/MotionAlarm", "State", "true", "Changed");
        browser.waitFor("[data-testid=event-camera_motion][data-state=began]");
        simulated.ask("events", "emit", "tns1:VideoSource/MotionAlarm", "State", "false", "Changed");
        browser.waitFor("[data-testid=event-camera_motion][data-state=ended]");
        assertThat(browser.is("document.querySelector('[data-testid=history] tbody tr').dataset.state === 'ended'"))
                .isTrue();
    }

    /** As it is looked at in the light and in the dark, on a phone, and in Thai. */
    private void looks(Browser browser) throws IOException {
        for (Map.Entry<String, String> look :
                Map.of("light", "en", "dark", "en", "thai", "th").entrySet()) {
            browser.run(
                    "localStorage.setItem('scs:color-scheme', arguments[0]); localStorage.setItem('scs:language', arguments[1])",
                    look.getKey().equals("dark") ? "dark" : "light",
                    look.getValue());
            for (int width : new int[] {1280, 390}) {
                browser.open(address() + PAGE, width, width == 390 ? 2_600 : 1_500);
                browser.waitFor("[data-testid=event-camera_motion]");
                awaitTrue(browser, "document.querySelector('[data-testid=thumbnail]').naturalWidth > 0");
                assertThat(browser.is("document.documentElement.scrollWidth <= arguments[0]", width))
                        .as("fits " + width)
                        .isTrue();
                browser.screenshot(Path.of("target", "console", "camera-" + look.getKey() + "-" + width + ".png"));
            }
        }
        browser.run("localStorage.setItem('scs:color-scheme', 'light'); localStorage.setItem('scs:language', 'en')");
        browser.open(address() + PAGE, 1280, 1000);
        browser.waitFor("[data-testid=event-camera_motion]");
        awaitTrue(browser, "document.querySelector('[data-testid=thumbnail]').naturalWidth > 0");
        browser.screenshot((Boolean.getBoolean("scs.docs.write") ? IMAGES : Path.of("target", "console"))
                .resolve("console-camera.png"));
    }

    private static void awaitTrue(Browser browser, String condition) {
        await().atMost(Scs.PATIENCE).ignoreExceptions().until(() -> browser.is(condition));
    }

    private void logIn(Browser browser) {
        browser.open(address() + "/dashboard/cameras", 1280, 1000);
        browser.waitFor("input[name=username]");
        browser.keys("admin", "\t", PASSWORD, "\n");
        browser.waitFor("[data-testid=user-menu]");
    }

    private String address() {
        return "http://127.0.0.1:" + httpPort;
    }
}

package solutions.itms.scs.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A browser without a display, in which elements are found by their test ids. */
final class Browser implements AutoCloseable {
    private final ChromeDriver driver;
    private final WebDriverWait wait;

    Browser() {
        driver = chromium("--hide-scrollbars");
        wait = new WebDriverWait(driver, Scs.PATIENCE, Duration.ofMillis(50));
        // a page that loads itself anew takes away what is just looked at
        wait.ignoring(WebDriverException.class);
    }

    /** A Chromium that speaks to nobody but the pages it opens, and keeps what they log. */
    static ChromeDriver chromium(String... more) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--lang=en");
        options.addArguments(more);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .build();
        return new ChromeDriver(service, options);
    }

    /** Opens an address in a page of this size. */
    void open(String url, int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        driver.get("about:blank");
        driver.get(url);
    }

    /** Runs a script in each page that is opened from now on, before the page's own. */
    void runInEveryPage(String script) {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /** The element, once it is there. */
    WebElement find(String testId) {
        return wait.until(ExpectedConditions.visibilityOfElementLocated(by(testId)));
    }

    /** What the selector finds, once it can be seen. */
    WebElement waitFor(String selector) {
        return wait.until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
    }

    boolean has(String testId) {
        return !driver.findElements(by(testId)).isEmpty();
    }

    String text(String testId) {
        return find(testId).getText();
    }

    /** Presses the element, as a finger or mouse would. */
    void press(String testId) {
        WebElement element = wait.until(ExpectedConditions.elementToBeClickable(by(testId)));
        run("arguments[0].scrollIntoView({block: 'nearest'})", element);
        element.click();
    }

    /** Presses the element and holds it until something else is there. */
    void holdUntil(String testId, String other) {
        new Actions(driver).clickAndHold(find(testId)).perform();
        find(other);
        new Actions(driver).release().perform();
    }

    /** Presses the element and holds it as long as something else takes. */
    void hold(String testId, Runnable meanwhile) {
        new Actions(driver).clickAndHold(find(testId)).perform();
        meanwhile.run();
        new Actions(driver).release().perform();
    }

    void type(String testId, String text) {
        // as a person would; what clear() does is no input that a page hears of
        find(testId).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
    }

    /** Keys to whatever has the focus. */
    void keys(CharSequence... keys) {
        for (CharSequence key : keys) {
            new Actions(driver).sendKeys(key).perform();
        }
    }

    void waitUntilGone(String testId) {
        wait.until(ExpectedConditions.invisibilityOfElementLocated(by(testId)));
    }

    void waitForText(String testId, String text) {
        wait.until(ExpectedConditions.textToBePresentInElementLocated(by(testId), text));
    }

    @Nullable
    Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    boolean is(String condition, Object... arguments) {
        return Boolean.TRUE.equals(run("return " + condition, arguments));
    }

    /** What the focused element is called in tests. */
    String focused() {
        return String.valueOf(run("return document.activeElement?.dataset.testid ?? ''"));
    }

    /** What went wrong in the page, as far as the page can be blamed. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                // that a request was refused, or the station is gone, is what some tests are about
                .filter(message -> !message.contains("Failed to load resource") && !message.contains("net::ERR"))
                .toList();
    }

    void screenshot(Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, ((TakesScreenshot) driver).getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static By by(String testId) {
        return By.cssSelector("[data-testid='" + testId + "']");
    }
}

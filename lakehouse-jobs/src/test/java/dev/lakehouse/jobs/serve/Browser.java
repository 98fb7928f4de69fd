// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A real browser that looks at the page of a service, as people do and as axe does. */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String AXE = axe();

  private final ChromeDriver driver;
  private final Path pictures;

  /**
   * How a page is looked at.
   *
   * @param width in pixels
   * @param scheme that the system asks for
   */
  public record Look(int width, String scheme) {
    @Override
    public String toString() {
      return width + "-" + scheme;
    }
  }

  /** Phones and desks, by day and by night. */
  public static final List<Look> LOOKS =
      List.of(
          new Look(1400, "light"),
          new Look(1400, "dark"),
          new Look(390, "light"),
          new Look(390, "dark"));

  private Browser(ChromeDriver driver, Path pictures) {
    this.driver = driver;
    this.pictures = pictures;
  }

  /**
   * A browser without a window; empty where this machine has none, or none that can be driven.
   *
   * @param pictures folder for what is photographed
   */
  public static Optional<Browser> open(Path pictures, Path profile) throws IOException {
    Optional<Path> chromium = program("chromium", "google-chrome", "chromium-browser");
    Optional<Path> control = program("chromedriver");
    if (chromium.isEmpty() || control.isEmpty()) {
      return Optional.empty();
    }
    Files.createDirectories(pictures);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get().toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // tests may run as root
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--lang=en-GB",
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(control.get().toFile()) // else Selenium would fetch one
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    return Optional.of(new Browser(new ChromeDriver(service, options), pictures));
  }

  private static Optional<Path> program(String... names) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(names)
        .flatMap(name -> Stream.of(path.split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String axe() {
    String name = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    try (InputStream in = Browser.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("No axe on the class path: " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks so from now on. */
  public void look(Look look) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", look.width(), "height", 900, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", look.scheme()),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Opens an address. */
  public void go(String uri) {
    driver.get(uri);
  }

  /** The path and query that the address bar shows. */
  public String address() {
    return String.valueOf(run("return location.pathname + location.search"));
  }

  public void back() {
    driver.navigate().back();
  }

  public void forth() {
    driver.navigate().forward();
  }

  /** The first of what a selector finds, once it is to be seen. */
  public WebElement see(String selector) {
    return await(
        selector + " to be seen",
        () ->
            driver.findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst());
  }

  /** All that a selector finds. */
  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Whether something of what a selector finds is to be seen. */
  public boolean sees(String selector) {
    return all(selector).stream().anyMatch(WebElement::isDisplayed);
  }

  /** Clicks, once it can be clicked. */
  public void click(String selector) {
    WebElement seen = see(selector);
    run("arguments[0].scrollIntoView({block: 'center'})", seen);
    seen.click();
  }

  /** Chooses of a list what has a value. */
  public void choose(String selector, String value) {
    click(selector + " option[value='" + value + "']");
  }

  /** Writes into a field what was not there. */
  public void write(String selector, String text) {
    WebElement field = see(selector);
    field.clear();
    field.sendKeys(text);
  }

  /** Presses a key where the focus is. */
  public void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Searches for words. */
  public void search(String words) {
    write("#q", words);
    press(Keys.ENTER);
  }

  /** Gives a file to a field. */
  public void upload(String selector, Path file) {
    driver.findElement(By.cssSelector(selector)).sendKeys(file.toString());
  }

  /** Waits for a text. */
  public void awaitText(String selector, String part) {
    var unused =
        await(
            selector + " to say " + part,
            () -> Optional.of(String.valueOf(text(selector))).filter(text -> text.contains(part)));
  }

  /** The text of the first of what a selector finds. */
  public String text(String selector) {
    return all(selector).stream().findFirst().map(WebElement::getText).orElse("");
  }

  /** Waits for something. */
  public void await(String what, java.util.function.BooleanSupplier condition) {
    var unused =
        await(what, () -> condition.getAsBoolean() ? Optional.of(what) : Optional.<String>empty());
  }

  private <T> T await(String what, Supplier<Optional<T>> sought) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      try {
        Optional<T> found = sought.get();
        if (found.isPresent()) {
          return found.get();
        }
        Thread.sleep(30);
      } catch (StaleElementReferenceException e) {
        continue; // the page was drawn anew just now
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    shoot("failed");
    throw new AssertionError("Waited for " + what + " at " + address());
  }

  /** What a script returns. */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /**
   * What axe has against what is to be seen.
   *
   * @return a line for each rule and element
   */
  public List<String> violations() {
    run("if (!window.axe) { " + AXE + "\nwindow.axe = window.axe || axe; }");
    Object found =
        driver.executeAsyncScript(
            "const done = arguments[arguments.length - 1];"
                + " axe.run(document, {resultTypes: ['violations']}).then((found) =>"
                + " done(found.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ' ' +"
                + " node.target.join(' ') + ': ' + node.failureSummary))), (problem) =>"
                + " done([String(problem)]))");
    List<String> lines = new ArrayList<>();
    ((List<?>) found).forEach(line -> lines.add(String.valueOf(line)));
    return lines;
  }

  /** How many pixels of the page lie beside the window. */
  public long overhang() {
    return (Long)
        run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  /** What the browser called an error since it was asked last. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().equals(Level.SEVERE))
        .map(LogEntry::toString)
        .toList();
  }

  /** Keeps a picture of what is to be seen. */
  public void shoot(String name) {
    try {
      Files.write(pictures.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.core.Json;
import dev.lakehouse.core.ServeSetting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.codec.media.Waves;
import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.demo.SceneRenderer;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.watch.state.WaitingPage.Waiting;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.command.input.SourceRequest;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.serve.Browser;
import dev.lakehouse.jobs.serve.Browser.Look;
import dev.lakehouse.jobs.serve.Service;
import dev.lakehouse.jobs.serve.ServiceOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of the service in a real browser, over a real lake. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestPage {
  private static final String MARKUP = "<img src=x onerror=\"window.broken=1\"><b>bold</b>";
  private static final String HOSTILE_NAME = "<img src=x onerror=window.broken=1>&.txt";
  private static final Scene RED = Scene.random(77);
  private static final int NOTES = 26;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Path PICTURES =
      Path.of(System.getProperty("user.dir"), "target", "page").toAbsolutePath();

  private static final String POLICY =
      """
      name: look-at-these
      rules:
        - name: texts-of-some-length
          applies_to: text
          require: words >= 8
          severity: review
          reason: SHORT
        - name: pictures-of-some-size
          applies_to: image
          require: least(width, height) >= 200
          severity: review
          reason: SMALL
        - name: sounds-of-some-length
          applies_to: audio
          require: audio_seconds >= 1.5
          severity: review
          reason: BRIEF
      """;

  @TempDir static Path folder;

  private static Lakehouse lake;
  private static Service service;
  private static Browser browser;

  @BeforeAll
  static void publish() throws Exception {
    Optional<Browser> found = Browser.open(PICTURES, folder.resolve("profile"));
    assumeTrue(found.isPresent(), "no chromium with its chromedriver on the path of this machine");
    browser = found.get();
    Path texts = Files.createDirectories(folder.resolve("in"));
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    List<String> captions = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Files.write(
          pictures.resolve("scene-%d.png".formatted(i)), png(i == 8 ? RED : Scene.random(i), 224));
      captions.add(
          caption("scene-%d.png".formatted(i), i == 3 ? MARKUP + " in a park" : "a drawn scene"));
    }
    for (int i = 0; i < 3; i++) {
      Files.write(pictures.resolve("small-%d.png".formatted(i)), png(Scene.random(40 + i), 128));
      captions.add(
          caption("small-%d.png".formatted(i), i == 0 ? MARKUP + " by a lake" : "a small scene"));
    }
    Files.write(folder.resolve("pictures.jsonl"), captions);
    Files.writeString(
        texts.resolve("bread.txt"),
        "Bake the bread for forty minutes at high heat until it is brown all over.");
    Files.writeString(
        texts.resolve(HOSTILE_NAME),
        MARKUP + " The kettle sings on the old iron stove while the rain comes down.");
    Files.writeString(texts.resolve("a " + HOSTILE_NAME), "<b>bold</b> A kettle.");
    for (int i = 0; i < NOTES; i++) {
      Files.writeString(
          texts.resolve("note-%02d.txt".formatted(i)), "The kettle number " + i + " sings.");
    }
    Files.write(texts.resolve("tone.wav"), Waves.tone(16_000, 2, 440, 0.5));
    Files.write(texts.resolve("blip.wav"), Waves.tone(16_000, 1, 660, 0.5));
    Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    lake = new LakeOfFiles(folder).with(Map.of("lakehouse.policy", policy.toString()));
    var unused =
        RunCommand.run(
            lake,
            List.of(
                source("files", Map.of("path", texts.toString())).prepare(),
                source(
                        "jsonl",
                        Map.of(
                            "path",
                            folder.resolve("pictures.jsonl").toString(),
                            "map",
                            "image=file,caption=words"))
                    .prepare()),
            PublishOptions.from(Settings.defaults()),
            Optional.empty());
    service = serve(folder.resolve("lake"), Optional.empty());
    HttpRequest ready = HttpRequest.newBuilder(URI.create(uri("/ready"))).build();
    while (CLIENT.send(ready, BodyHandlers.discarding()).statusCode() != 200) {
      Thread.sleep(50);
    }
    browser.look(Browser.LOOKS.get(0));
  }

  @AfterAll
  static void end() {
    if (service != null) {
      service.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingThatWasBroughtInEverRan() {
    assertThat(browser.run("return window.broken === undefined")).isEqualTo(true);
    assertThat(browser.complaints()).isEmpty();
  }

  private static String caption(String file, String words) {
    return Json.line(Map.of("file", "pictures/" + file, "words", words));
  }

  private static byte[] png(Scene scene, int side) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(SceneRenderer.draw(scene, side), "png", out);
    return out.toByteArray();
  }

  private static SourceRequest source(String kind, Map<String, String> options) {
    return new SourceRequest(SourceRequest.Kind.of(kind), options);
  }

  private static Service serve(Path at, Optional<String> token) {
    Settings settings =
        Settings.defaults().orElse(Map.of(ServeSetting.DEADLINE_SECONDS.key(), "300"), "test");
    LakeLayout layout = LakeLayout.of(at.toString(), settings);
    return Service.start(
        layout,
        settings,
        ModelsRoot.at(layout.modelsUri()),
        Map.of(),
        ServiceOptions.from(settings)
            .at(ServiceOptions.LOOPBACK, 0, token)
            .with(ServiceOptions.Reviewing.ALLOWED),
        line -> {},
        line -> {});
  }

  private static String uri(String path) {
    return "http://localhost:%d%s".formatted(service.port(), path);
  }

  /** In both widths and both schemes: nobody is shut out, and nothing hangs over. */
  private static void everybodyCanUse(String view) {
    for (Look look : Browser.LOOKS) {
      browser.look(look);
      browser.shoot(view + "-" + look);
      assertThat(browser.violations()).as(view + " at " + look).isEmpty();
      assertThat(browser.overhang()).as(view + " at " + look).isZero();
    }
    browser.look(Browser.LOOKS.get(0));
  }

  @Test
  @Order(1)
  void thePageSaysWhatThereIs() {
    browser.go(uri("/"));

    browser.awaitText("#answers h1", "published assets");
    browser.awaitText("#release", "Release 1");
    browser.awaitText("#to-review", "Review 31");
    everybodyCanUse("welcome");
  }

  @Test
  @Order(2)
  void wordsFindAndFiltersNarrow() {
    browser.go(uri("/"));
    browser.search("a loaf from the oven");
    browser.awaitText("#told", "hits in");

    assertThat(browser.address()).isEqualTo("/?q=a+loaf+from+the+oven");
    assertThat(browser.text(".family:last-of-type h3, .family h3")).isNotBlank();
    assertThat(browser.all(".hit").stream().map(hit -> hit.getText()).toList())
        .anyMatch(text -> text.contains("bread.txt"));
    assertThat(browser.all("#facets input[name=source] + .value").stream().map(WebElement::getText))
        .as("what tells one source from another is its end")
        .allMatch(text -> text.matches("…/[^/]+/(in|pictures\\.jsonl)"))
        .hasSize(2);
    everybodyCanUse("hits");
    browser.click("#facets input[value=text]");
    browser.await("texts alone", () -> browser.all(".hit").size() == 2);
    assertThat(browser.address()).contains("modality=text");
    browser.click("#clear");
    browser.await("all kinds", () -> browser.all(".hit").size() > 2);
  }

  @Test
  @Order(3)
  void aPictureFindsItself() throws Exception {
    Path red = Files.write(folder.resolve("query.png"), png(RED, 224));
    browser.go(uri("/"));
    browser.upload("#file", red);
    browser.awaitText("#told", "hits in");

    assertThat(browser.text(".hit h3")).isEqualTo("scene-8.png");
    assertThat(browser.text("#query-name")).isEqualTo("query.png");
    everybodyCanUse("by-picture");
  }

  @Test
  @Order(4)
  void whatIsMarkupStaysText() {
    browser.go(uri("/?q=kettle"));
    browser.awaitText("#told", "hits in");
    String found =
        browser.all(".hits").stream().map(each -> each.getText()).reduce("", String::concat);

    assertThat(found).contains(HOSTILE_NAME, "<b>bold</b>");
    assertThat(browser.all(".hits b, .hits img[src=x]")).isEmpty();
    browser.go(uri("/?q=in+a+park&modality=image"));
    browser.awaitText("#told", "hits in");
    assertThat(browser.all(".hits b, .hits img[src=x]")).isEmpty();
    browser.go(uri("/?review=1"));
    browser.see(".wait");
    String waits =
        String.valueOf(browser.run("return document.getElementById('waiting').innerText"));
    assertThat(waits).contains("a " + HOSTILE_NAME, "<b>bold</b> A kettle.");
    assertThat(browser.all(".wait img[src=x], #waiting pre b")).isEmpty();
  }

  @Test
  @Order(5)
  void theDetailHasAnAddressAndBackLeadsToTheHits() {
    browser.go(uri("/?q=a+loaf+from+the+oven&modality=text"));
    browser.click(".hit .open");
    browser.see("#detail[open] .facts");

    String address = browser.address();
    assertThat(address).contains("asset=");
    everybodyCanUse("detail");
    browser.back();
    browser.await("the hits alone", () -> !browser.sees("#detail"));
    browser.forth();
    browser.see("#detail[open] .facts");
    browser.press(Keys.ESCAPE);
    browser.await("the hits again", () -> !browser.sees("#detail"));
    browser.go(uri(address)); // as somebody sends it
    browser.see("#detail[open] .facts");
    assertThat(browser.text("#detail-title")).isNotBlank();
  }

  @Test
  @Order(6)
  void releasesSideBySide() {
    browser.go(uri("/?compare=0..1"));
    browser.awaitText("#changes", "came in");

    everybodyCanUse("releases");
  }

  @Test
  @Order(7)
  void whoDecidesSaysWhoItIs() {
    browser.go(uri("/"));
    browser.click("#to-review");
    browser.see(".wait");
    assertThat(browser.address()).isEqualTo("/?review=1");
    assertThat(browser.all(".wait")).hasSize(24);
    everybodyCanUse("review");

    browser.click(".wait .approve");

    browser.awaitText(".wait .said-so", "Say who decides first");
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("reviewer");
    browser.write("#reviewer", "Ada");
    browser.click(".wait .approve");
    browser.awaitText(".wait .said-so", "Approved by Ada");
    browser.awaitText("#count-open", "30");
    assertThat(lake.waiting(1).count()).isEqualTo(31); // until it is judged
  }

  @Test
  @Order(8)
  void keysDecideAndAnotherWordUndoes() {
    browser.go(uri("/?review=1"));
    browser.see(".wait");
    List<String> titles = browser.all(".wait h2").stream().map(each -> each.getText()).toList();
    browser.press("j");
    browser.press("w");
    browser.press("too plain");
    browser.press(Keys.ESCAPE);
    browser.press("r");
    browser.awaitText(".wait .said-so", "Rejected by Ada");

    assertThat(browser.text(".wait .said-so")).endsWith(": too plain");
    browser.await(
        "the next",
        () ->
            browser
                .run("return document.activeElement.querySelector('h2').textContent")
                .equals(titles.get(1)));
    browser.press("a");
    browser.awaitText(".wait:nth-child(2) .said-so", "Approved by Ada");
    browser.press("k", "k");
    browser.press("a"); // otherwise
    browser.awaitText(".wait:nth-child(1) .said-so", "Approved by Ada");
    browser.press("k");
    browser.awaitText("#count-open", "28");
    browser.shoot("review-decided");
  }

  @Test
  @Order(9)
  void theListGoesOnWithoutHolesAndBackAndForthLead() {
    browser.go(uri("/?review=1"));
    browser.see(".wait");
    browser.click(".wait .reject");
    browser.awaitText(".wait .said-so", "Rejected by Ada");
    browser.click("#more-waiting");
    browser.await("the rest", () -> browser.all(".wait").size() == 28);
    assertThat(browser.sees("#more-waiting")).isFalse();

    browser.choose("#reason", "SMALL");
    browser.await("the small ones", () -> browser.all(".wait").size() == 3);
    assertThat(browser.address()).isEqualTo("/?review=1&reason=SMALL");
    browser.choose("#reason", "");
    browser.click("#which label:last-child");
    browser.await("what is decided", () -> browser.all(".wait").size() == 4);
    assertThat(browser.address()).isEqualTo("/?review=decided");
    everybodyCanUse("decided");
    browser.back();
    browser.await("what is open", () -> browser.all(".wait").size() == 24);
    assertThat(browser.text("#count-open")).isEqualTo("27");
    browser.search("kettle");
    browser.awaitText("#told", "hits in");
    assertThat(browser.sees("#review")).isFalse();
    browser.back();
    browser.see(".wait");
  }

  @Test
  @Order(10)
  void picturesAndSoundsAreSeenAndHeard() {
    browser.go(uri("/?review=1"));
    browser.see(".wait");
    browser.click("#more-waiting");
    browser.await("the rest", () -> browser.all(".wait").size() == 27);
    browser.run("document.querySelector('.wait:last-child').scrollIntoView({block: 'end'})");
    browser.await(
        "the last picture",
        () ->
            browser
                .run("return document.querySelector('.wait:last-child img').naturalWidth")
                .equals(128L));

    assertThat(browser.text(".wait:nth-last-child(3) .said")).isEqualTo(MARKUP + " by a lake");
    browser.click(".wait:last-child summary");
    assertThat(browser.text(".wait:last-child details")).contains("width", "128");
    for (Look look : Browser.LOOKS) {
      browser.look(look);
      browser.run("document.querySelector('.wait:last-child').scrollIntoView({block: 'end'})");
      browser.shoot("review-pictures-" + look);
    }
    everybodyCanUse("review-long");
  }

  @Test
  @Order(11)
  void theCommandsMeanTheSame() {
    List<String> before = lake.waiting(100).waiting().stream().map(Waiting::sourceUri).toList();

    lake.judge(Optional.empty(), Scope.CHANGED);

    List<String> after = lake.waiting(100).waiting().stream().map(Waiting::sourceUri).toList();
    assertThat(after).hasSize(before.size() - 4).isSubsetOf(before);
    browser.go(uri("/?review=decided"));
    browser.awaitText("#review-told", "Nobody has decided on anything");
  }

  @Test
  @Order(12)
  void aLakeWithNothingInItSaysSo() throws Exception {
    try (Service empty =
        serve(Files.createDirectories(folder.resolve("empty")), Optional.empty())) {
      browser.go("http://localhost:%d/?review=1".formatted(empty.port()));
      browser.awaitText("#review-told", "Nothing has been judged in this lake yet");
      everybodyCanUse("nothing-waits");
      browser.go("http://localhost:%d/".formatted(empty.port()));
      browser.awaitText("#answers", "No lake at");
      everybodyCanUse("nothing-released");
      assertThat(browser.complaints()).allMatch(each -> each.contains("503"));
    }
  }

  @Test
  @Order(13)
  void whoShowsTheTokenMayDecide() throws Exception {
    String token = "0123456789abcdef";
    try (Service closed = serve(folder.resolve("lake"), Optional.of(token))) {
      browser.go("http://localhost:%d/?review=1".formatted(closed.port()));
      browser.see("#token-asked[open]");
      everybodyCanUse("token");
      browser.write("#token", "another");
      browser.press(Keys.ENTER);
      browser.awaitText("#token-problem", "not the token");
      browser.write("#token", token);
      browser.press(Keys.ENTER);
      browser.see(".wait");
      browser.write("#reviewer", "Grace");
      browser.click(".wait .reject");
      browser.awaitText(".wait .said-so", "Rejected by Grace");
      assertThat(browser.complaints())
          .allMatch(each -> each.contains("40") || each.contains("503"));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.curate.Severity;
import dev.lakehouse.core.watch.report.Shown.Look;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TestReportPage {
  private static final String HOSTILE =
      "</script><script>alert('x')</script><img src=x onerror=\"alert(1)\">]]> & \u202Etxt.exe \u0000\uD800 \u2028";

  private static final Rule RULE =
      new Rule(
          "text-has-words", "text", "words >= 5 AND title <> '<b>'", Severity.FAIL, "TOO_SHORT");

  private static ReportedRun run(Optional<Integer> exitCode, Optional<ReportedRun.Failure> error) {
    return new ReportedRun(
        "20260101T000000Z-abc",
        "run",
        "file:/lake/" + HOSTILE,
        Optional.of(Instant.EPOCH),
        exitCode.map(code -> Instant.EPOCH.plusSeconds(75)),
        exitCode,
        error);
  }

  private static Shown item(Look look) {
    return new Shown("id", HOSTILE, HOSTILE, look, List.of(HOSTILE), List.of("words 2", HOSTILE));
  }

  private static Funnel funnel() {
    Funnel.Reason short5 = new Funnel.Reason("failed", "TOO_SHORT", 1_500);
    Map<String, Long> states = Map.of("failed", 1_500L, "published", 8_500L);
    return new Funnel(
        10_000,
        states,
        List.of(new Funnel.OfSource(HOSTILE, states, List.of(short5))),
        0,
        List.of(short5, new Funnel.Reason("failed", HOSTILE, 1)));
  }

  private static List<LostItems> lost(int codes) {
    List<LostItems> lost = new ArrayList<>();
    for (int i = 0; i < codes; i++) {
      LostItems.Example example = new LostItems.Example(HOSTILE, "whole", HOSTILE);
      lost.add(new LostItems("CORRUPT_" + i, List.of("ingest"), 7, List.of(example)));
    }
    return lost;
  }

  private static ReportContent content(ReportedRun run, Told<Funnel> funnel) {
    double[] words = {1, 2, 7, 9, 4_000};
    Bins bins = Bins.of(words, new boolean[] {false, false, true, true, true}, true);
    List<Shown> items =
        List.of(
            item(Look.excerpt(HOSTILE)),
            item(Look.picture("data:image/jpeg;base64,AAAA")),
            item(Look.nothing(HOSTILE)));
    return new ReportContent(
        run,
        List.of(HOSTILE),
        funnel,
        new Change(
            Told.not("the first judgement"),
            Told.of(new Change.OfCatalog(1, Optional.empty(), 5, 0, 0))),
        Told.of(
            new RuleCounts(
                List.of(
                    new RuleCount(
                        RULE,
                        true,
                        1_500,
                        List.of(new RuleCount.Limit("words >= 5", items, items, items)),
                        items)),
                Map.of("rule-of-a-text-that-is-gone", 1_234L))),
        Told.of(
            List.of(
                new FigureChart(
                    "text",
                    "words",
                    HOSTILE,
                    bins,
                    List.of(new FigureChart.Line(5, "words >= 5, else fail TOO_SHORT", "fail", 2)),
                    1,
                    4_000))),
        Map.of("text", 5L),
        Told.of(
            new Copies(
                1,
                3,
                List.of(
                    new Copies.Cluster(
                        "exact",
                        HOSTILE,
                        3,
                        List.of(
                            new Copies.Member(items.get(0), Copies.Fate.KEPT),
                            new Copies.Member(items.get(1), Copies.Fate.COPY)))))),
        Told.of(lost(42)),
        List.of(new StepTime("ingest " + HOSTILE, 1.5, HOSTILE, List.of())),
        Told.not("gone"),
        List.of("samples"));
  }

  private static String page() {
    return ReportPage.of(content(run(Optional.of(0), Optional.empty()), Told.of(funnel())));
  }

  @Test
  void whatCameFromOthersIsTextAndNothingElse() throws Exception {
    PageText page = PageText.of(page()); // a parser that is strict

    assertThat(page.texts("//script")).hasSize(3);
    assertThat(page.texts("//img")).isEmpty();
    assertThat(page.words()).contains("</script><script>alert('x')</script><img src=x onerror=");
    assertThat(page.html().replaceAll("(?s)<script>.*?</script>", ""))
        .doesNotContain("<img", "<script>alert", "\u0000");
    assertThat(page.charts("stack").get(0).path("names").get(0).asText()).startsWith("</script>");
  }

  @Test
  void theBrowserIsToldToRunTheScriptsOfThePageAlone() throws Exception {
    String html = page();
    Matcher policy =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]+)\"").matcher(html);
    Matcher scripts = Pattern.compile("(?s)<script>(.*?)</script>").matcher(html);

    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1)).startsWith("default-src &#39;none&#39;; img-src data:;");
    assertThat(scripts.results().map(script -> script.group(1)))
        .hasSize(2)
        .allSatisfy(script -> assertThat(policy.group(1)).contains(hash(script)));
    assertThat(html).doesNotContain("src=\"http", "href=\"http", "@import", "unsafe-eval");
  }

  private static String hash(String script) {
    byte[] digest = HexFormat.of().parseHex(dev.lakehouse.core.Digests.sha256(script));
    return "&#39;sha256-" + Base64.getEncoder().encodeToString(digest) + "&#39;";
  }

  @Test
  void theFirstScreenSaysHowMuchWentInAndCameOut() throws Exception {
    PageText page = PageText.of(page());

    assertThat(page.texts("//h1")).containsExactly("8,500 of 10,000 items published");
    assertThat(page.texts("//p[@class='lead']"))
        .containsExactly("The other 1,500: 1,500 failed the policy.");
    assertThat(page.texts("//ol[@class='funnel']/li"))
        .containsExactly("seen 10,000", "failed the policy − 1,500", "published 8,500");
    assertThat(page.texts("//ol[@class='reasons']/li").get(0))
        .isEqualTo("TOO_SHORT rule text-has-words 1,500");
  }

  @Test
  void aThresholdIsDrawnAndSaid() throws Exception {
    PageText page = PageText.of(page());

    assertThat(page.charts("histogram")).hasSize(1);
    assertThat(page.charts("histogram").get(0).at("/lines/0/label").asText()).isEqualTo("5");
    assertThat(page.charts("histogram").get(0).at("/lines/0/at").asDouble())
        .isEqualTo(Math.log10(5));
    assertThat(page.texts("//p[@class='threshold fail']"))
        .containsExactly("words >= 5, else fail TOO_SHORT : 2 of 5 beyond");
    assertThat(page.texts("//details[@class='numbers']//tbody/tr")).hasSizeBetween(4, 5);
    assertThat(page.words()).contains("a sample is drawn, chosen by digest: of texts 5.");
  }

  @Test
  void rulesThatAreKnownByNameAloneAreThere() throws Exception {
    assertThat(PageText.of(page()).texts("//section[@id='rules']//tbody/tr"))
        .contains("rule-of-a-text-that-is-gone 1,234");
    assertThat(PageText.of(page()).words()).contains("The text of the policy that judged is not");
  }

  @Test
  void lettersAreCountedAndCodesThatAreLeftOutToo() throws Exception {
    PageText page = PageText.of(page());

    assertThat(page.texts("//section[@id='lost']//h3")).hasSize(40);
    assertThat(page.texts("//section[@id='lost']//h3").get(0)).contains("7 dead letters");
    assertThat(page.texts("//section[@id='lost']/p"))
        .containsExactly("2 codes more, of 14 dead letters.");
  }

  @Test
  void thePageIsTheSameWhereverTheJvmIs() {
    Locale before = Locale.getDefault();
    String page = page();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(page()).isEqualTo(page);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aPictureThatIsShownOftenIsThereOnce() {
    assertThat(page().split("data:image/jpeg;base64,AAAA", -1)).hasSize(2);
  }

  @Test
  void aFailedRunAndOneOfWhichNothingIsKnownSayTheirEnd() throws Exception {
    PageText failed =
        PageText.of(
            ReportPage.of(
                content(
                    run(
                        Optional.of(4),
                        Optional.of(new ReportedRun.Failure("TOO_MANY_ERRORS", "<b>9 of 10</b>"))),
                    Told.not("The tables are gone."))));
    PageText killed =
        PageText.of(
            ReportPage.of(content(run(Optional.empty(), Optional.empty()), Told.of(funnel()))));

    assertThat(failed.texts("//h1")).containsExactly("A run of which little can be told any more");
    assertThat(failed.words())
        .contains("ended with exit 4", "TOO_MANY_ERRORS", "<b>9 of 10</b>", "The tables are gone.");
    assertThat(killed.words()).contains("no end known");
  }
}

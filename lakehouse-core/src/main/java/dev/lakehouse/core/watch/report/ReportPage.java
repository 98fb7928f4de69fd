// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A report as one page of HTML. It needs no other file and reaches for nothing; the browser is told
 * to run the page's own scripts alone. Without scripts everything is there but the charts, whose
 * numbers stand beside them.
 */
public final class ReportPage {
  private static final String CHARTS = "echarts.common.min.js";
  private static final String SCRIPT = "report.js";
  private static final String STYLES = "report.css";

  private static final Map<String, String> SECTIONS = sections(); // headings by id

  private final ReportContent content;
  private final Markup body = new Markup();
  private final Charts charts = new Charts();
  private final Gallery gallery = new Gallery(body);

  private ReportPage(ReportContent content) {
    this.content = content;
  }

  private static Map<String, String> sections() {
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("sources", "Sources and reasons");
    sections.put("changes", "What changed");
    sections.put("rules", "Rules and borderline items");
    sections.put("figures", "Measurements");
    sections.put("copies", "Duplicates");
    sections.put("lost", "Could not be read");
    sections.put("time", "Time");
    sections.put("origin", "Releases, models, policy");
    return sections;
  }

  /** The page. */
  public static String of(ReportContent content) {
    return new ReportPage(content).html();
  }

  private String html() {
    String library = resource(CHARTS);
    String script = resource(SCRIPT);
    write();
    Markup page = new Markup().ours("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    page.empty("meta", "charset", "utf-8");
    page.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src %s %s; base-uri 'none'; form-action 'none'"
            .formatted(hash(library), hash(script)));
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty("meta", "name", "color-scheme", "content", "light dark");
    page.element("title", "Run " + content.run().id());
    page.open("style").ours(resource(STYLES)).ours(gallery.styles()).close();
    page.open("noscript").open("style").ours(".chart { display: none }").close().close();
    page.close().open("body").ours(body.toString());
    page.open("script", "type", "application/json", "id", "charts").ours(charts.json()).close();
    page.open("script").ours(library).close();
    page.open("script").ours(script).close();
    return page.close().close().toString();
  }

  private void write() {
    body.element("a", "Skip to what became of it", "class", "skip", "href", "#content");
    body.open("main", "id", "content");
    new SummaryPart(body, content).write();
    menu();
    section("sources", content.funnel(), new SourcePart(body, charts, content::meaning)::write);
    section("changes", Told.of(content.change()), new ChangePart(body, gallery)::write);
    section("rules", content.rules(), new RulePart(body, gallery)::write);
    section("figures", content.figures(), this::figures);
    section("copies", content.copies(), new CopyPart(body, gallery)::write);
    section("lost", content.lost(), new LostPart(body)::write);
    section("time", Told.of(content.steps()), this::steps);
    section("origin", content.origin(), this::origin);
    body.close();
    foot();
  }

  private void figures(List<FigureChart> figures) {
    new FigurePart(body, charts).write(figures, content.samples());
  }

  private void steps(List<StepTime> steps) {
    new TimePart(body, charts).write(content.run(), steps);
  }

  private void origin(Origin origin) {
    new OriginPart(body, charts, content.run().id()).write(origin);
  }

  private void menu() {
    body.open("nav", "aria-label", "Parts of this page").open("ul");
    SECTIONS.forEach(
        (id, heading) -> body.open("li").element("a", heading, "href", "#" + id).close());
    body.close().close();
  }

  private <T> void section(String id, Told<T> told, Consumer<T> part) {
    body.open("section", "id", id, "aria-labelledby", id + "-heading");
    body.element("h2", SECTIONS.getOrDefault(id, id), "id", id + "-heading");
    told.value().ifPresentOrElse(part, () -> body.element("p", told.why(), "class", "callout"));
    body.close();
  }

  private void foot() {
    body.open("footer");
    content.sampling().forEach(sentence -> body.element("p", sentence));
    body.close();
  }

  private static String hash(String script) {
    byte[] digest = HexFormat.of().parseHex(Digests.sha256(script));
    return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(digest));
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("This build lacks its resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

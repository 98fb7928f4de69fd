// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.lake.IndexRecall;
import dev.lakehouse.core.lake.Release;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What everything was made with: policy, models, tables, releases. */
final class OriginPart {
  private static final List<String> MODELS =
      List.of("family", "model", "of", "vectors#", "search", "numbers each#", "bundle", "encoder");

  private static final int RELEASES = 40;

  private final Markup page;
  private final Charts charts;
  private final String run;

  OriginPart(Markup page, Charts charts, String run) {
    this.page = page;
    this.charts = charts;
    this.run = run;
  }

  void write(Origin origin) {
    page.element("h3", "Releases");
    origin
        .releases()
        .value()
        .ifPresentOrElse(this::releases, () -> page.element("p", origin.releases().why()));
    page.element("h3", "Models");
    models(origin.release());
    page.element("h3", "Policy");
    Grid policy = new Grid(page, "Policy", List.of("policy", "digest", "judgement"));
    policy.row(
        origin.policy(),
        origin.policyDigest(),
        origin.judgement().orElse("nothing was judged yet"));
    policy.end();
    page.open("details").element("summary", "Versions of tables");
    Grid tables = new Grid(page, "Versions of tables", List.of("table", "before#", "after#"));
    origin
        .tables()
        .forEach(each -> tables.row(each.table(), number(each.before()), number(each.after())));
    tables.end();
    page.close();
  }

  private static String number(Optional<Long> version) {
    return version.map(each -> each < 0 ? "none" : Words.count(each)).orElse("unknown");
  }

  private void releases(List<Release> releases) {
    if (releases.isEmpty()) {
      page.element("p", "Nothing is released yet.");
      return;
    }
    Optional<Release> current = Release.current(releases);
    List<Release> shown =
        new ArrayList<>(releases.subList(Math.max(0, releases.size() - RELEASES), releases.size()));
    if (shown.size() > 1) {
      drawn(shown);
    }
    Collections.reverse(shown);
    Grid grid =
        new Grid(
            page, "Releases", List.of("release", "published#", "made", "id", "state", "by run"));
    for (Release release : shown) {
      boolean isCurrent = current.filter(release::equals).isPresent();
      grid.row(
          String.valueOf(release.sequence()),
          Words.count(release.published()),
          Words.moment(release.createdAt()),
          Words.digest(release.id()),
          isCurrent ? "current now" : release.state(),
          release.run().equals(run) ? "this one" : release.run());
    }
    grid.end();
    if (releases.size() > RELEASES) {
      page.element("p", Words.count(releases.size() - RELEASES) + " older ones.", "class", "small");
    }
  }

  private void drawn(List<Release> shown) {
    charts.place(
        page,
        "line",
        "Items published by each release; the table below has the numbers",
        Map.of(
            "type",
            "line",
            "names",
            shown.stream().map(release -> String.valueOf(release.sequence())).toList(),
            "values",
            shown.stream().map(Release::published).toList()));
  }

  private void models(Told<Release> told) {
    told.value().ifPresentOrElse(this::models, () -> page.element("p", told.why()));
  }

  private void models(Release release) {
    Grid grid = new Grid(page, "Models", MODELS);
    release
        .families()
        .forEach(
            family ->
                grid.row(
                    family.name(),
                    family.bundle(),
                    family.tower(),
                    Words.count(family.rows()),
                    family.recall().map(IndexRecall::words).orElse("not measured"),
                    Words.count(family.dim()),
                    family.bundleDigest(),
                    family.encoder()));
    grid.end();
    release
        .familiesOff()
        .forEach(off -> page.open("p", "class", "small").text("Left out: ").theirs(off).close());
  }
}

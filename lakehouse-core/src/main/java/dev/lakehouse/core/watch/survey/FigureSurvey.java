// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.core.curate.Probe;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.curate.Threshold.Part;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.watch.report.FigureChart;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The figures of contents and of captions, each content once, modality by modality. Of very many
 * contents of one some are taken, by their digests.
 */
final class FigureSurvey {
  private static final List<String> ASSET =
      List.of("asset_id", "state", "modality", "sha256", "captions");

  /** An outcome of a probe of before, which counts where that of now has none. */
  private record Former(Measured by, String sha256, double[] values) {}

  private final Probes counting;
  private final Map<String, String> before;
  private final Map<String, Measured> probes = new LinkedHashMap<>(); // by name
  private final Map<String, FigureGroup> contents = new LinkedHashMap<>(); // by modality
  private final Map<String, FigureGroup> captions = new LinkedHashMap<>(); // by that of the asset
  private final List<Former> former = new ArrayList<>();
  private final Set<List<String>> seen = new HashSet<>();

  /**
   * One that has seen nothing yet.
   *
   * @param counting whose figures count
   * @param rules whose thresholds are of interest
   * @param most contents of a modality to take, and captions of it
   */
  FigureSurvey(Probes counting, List<Rule> rules, int most) {
    this.counting = counting;
    this.before = counting.before();
    for (Probe probe : counting.all()) {
      String modality = probe.modality();
      Measured measured = Measured.of(probe);
      probes.put(probe.name(), measured);
      contents.put(
          modality, new FigureGroup(modality, modality, Part.CONTENT, measured, rules, most));
    }
    Measured text = Measured.of(counting.ofCaptions());
    for (Modality each : Modality.values()) {
      String name = FigureChart.CAPTIONS + each.word();
      captions.put(
          each.word(), new FigureGroup(name, each.word(), Part.CAPTIONS, text, rules, most));
    }
  }

  /** Reads them. */
  static FigureSurvey of(
      LakeReader lake, Probes counting, List<Rule> rules, Verdicts verdicts, int most) {
    FigureSurvey survey = new FigureSurvey(counting, rules, most);
    lake.forEach(
        Tables.ASSETS,
        ASSET,
        asset -> survey.asset(asset, verdicts.passes(asset.require("asset_id", String.class))));
    lake.forEach(Kinds.MEASUREMENTS, survey.columns(), survey::measurement);
    survey.end();
    return survey;
  }

  /** Hears of an asset; of all of them before the first measurement. */
  void asset(Values asset, boolean passes) {
    if (asset.text("state").filter("active"::equals).isEmpty()) {
      return;
    }
    Owner owner = new Owner(asset.require("asset_id", String.class), passes);
    String modality = asset.require("modality", String.class);
    for (Segment segment : Segment.of(asset)) {
      Map<String, FigureGroup> groups = segment.role() == SegmentRole.OWN ? contents : captions;
      Optional.ofNullable(groups.get(modality))
          .ifPresent(group -> group.offer(segment.sha256(), owner));
    }
  }

  /** Hears of an outcome row. */
  void measurement(Values row) {
    String sha256 = row.require("sha256", String.class);
    String name = row.require("probe", String.class);
    Measured now = probes.get(name);
    Measured then = probes.get(before.getOrDefault(name, ""));
    Measured by = now == null ? then : now;
    if (by == null
        || row.find("error_code").isPresent()
        || groups(by).noneMatch(group -> group.has(sha256))) {
      return;
    }
    if (now == null) {
      former.add(new Former(by, sha256, by.of(row)));
    } else {
      take(by, sha256, by.of(row));
    }
  }

  /** There is no more to hear of. */
  void end() {
    former.forEach(each -> take(each.by(), each.sha256(), each.values()));
    former.clear();
  }

  private Stream<FigureGroup> groups(Measured by) {
    boolean ofText = by.probe().name().equals(counting.ofCaptions().name());
    return Stream.concat(
        Stream.ofNullable(contents.get(by.probe().modality())),
        ofText ? captions.values().stream() : Stream.empty());
  }

  /** The first outcome of a content is the one that counts. */
  private void take(Measured by, String sha256, double[] values) {
    if (seen.add(List.of(by.probe().modality(), sha256))) {
      groups(by).forEach(group -> group.measured(sha256, values));
    }
  }

  private List<String> columns() {
    Set<String> columns = new LinkedHashSet<>(List.of("sha256", "probe", "error_code"));
    probes.values().stream()
        .map(Measured::figures)
        .flatMap(Collection::stream)
        .map(Column::name)
        .forEach(columns::add);
    return List.copyOf(columns);
  }

  private Stream<FigureGroup> groups() {
    return Stream.concat(contents.values().stream(), captions.values().stream());
  }

  /** A chart for each figure that has a value. */
  List<FigureChart> charts() {
    return groups().flatMap(FigureGroup::charts).toList();
  }

  /** The thresholds of a rule. */
  List<Limit> limits(Rule rule) {
    return groups().flatMap(group -> group.limits(rule).stream()).toList();
  }

  /** The groups of which not all contents were taken, and how many were. */
  Map<String, Long> samples() {
    Map<String, Long> samples = new LinkedHashMap<>();
    groups()
        .filter(FigureGroup::isSample)
        .forEach(group -> samples.put(group.name(), group.size()));
    return samples;
  }
}

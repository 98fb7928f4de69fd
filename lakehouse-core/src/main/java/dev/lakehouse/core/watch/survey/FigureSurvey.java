// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.core.curate.Probe;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.curate.Threshold;
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
import java.util.Set;

/**
 * The figures of contents and of captions, each content once. Of very many contents some are taken,
 * by their digests.
 */
final class FigureSurvey {
  private static final List<Scalar> NUMBERS =
      List.of(Scalar.INT, Scalar.BIGINT, Scalar.FLOAT, Scalar.DOUBLE);

  private static final Map<String, String> BEFORE = Kinds.PROBES.before();

  /** The figures of a probe that are numbers. */
  private record Measured(Probe probe, List<Column> figures) {
    static Measured of(Probe probe) {
      return new Measured(
          probe,
          probe.columns().stream().filter(column -> NUMBERS.contains(column.type())).toList());
    }

    double[] of(Values row) {
      double[] values = new double[figures.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            row.find(figures.get(i).name())
                .map(value -> ((Number) value).doubleValue())
                .orElse(Double.NaN);
      }
      return values;
    }
  }

  /** An outcome of a probe of before, which counts where that of now has none. */
  private record Former(Measured by, String sha256, double[] values) {}

  private final Map<String, Measured> probes = new LinkedHashMap<>(); // by name
  private final Map<Rule, List<Limit>> limits = new LinkedHashMap<>();
  private final Map<String, List<FigureValues>> groups = new LinkedHashMap<>();
  private final DigestSample<Owner> contents;
  private final DigestSample<Owner> captions;

  /**
   * Reads them.
   *
   * @param rules whose thresholds are of interest
   * @param most contents of a kind to take
   */
  FigureSurvey(LakeReader lake, List<Rule> rules, Verdicts verdicts, int most) {
    this.contents = new DigestSample<>(most);
    this.captions = new DigestSample<>(most);
    for (Probe probe : Kinds.PROBES.all()) {
      Measured measured = Measured.of(probe);
      probes.put(probe.name(), measured);
      groups.put(probe.modality(), values(probe.modality(), Part.CONTENT, measured, rules));
    }
    Measured ofCaptions = Measured.of(Kinds.PROBES.ofCaptions());
    groups.put("", values("captions", Part.CAPTIONS, ofCaptions, rules));
    owners(lake, verdicts);
    measurements(lake);
  }

  private List<FigureValues> values(String group, Part part, Measured measured, List<Rule> rules) {
    List<FigureValues> values = new ArrayList<>();
    for (Column figure : measured.figures()) {
      List<Limit> own = new ArrayList<>();
      for (Rule rule : rules) {
        boolean concerns =
            part != Part.CONTENT
                || rule.appliesTo().equals(Rule.ALL)
                || rule.appliesTo().equals(group);
        Threshold.of(rule).stream()
            .filter(each -> concerns && each.of() == part && each.figure().equals(figure.name()))
            .map(each -> new Limit(rule, each))
            .forEach(
                limit -> {
                  own.add(limit);
                  limits.computeIfAbsent(rule, each -> new ArrayList<>()).add(limit);
                });
      }
      values.add(new FigureValues(group, figure, own));
    }
    return values;
  }

  private void owners(LakeReader lake, Verdicts verdicts) {
    lake.forEach(
        Tables.ASSETS,
        List.of("asset_id", "state", "modality", "sha256", "captions"),
        asset -> {
          if (asset.text("state").filter("active"::equals).isPresent()) {
            String id = asset.require("asset_id", String.class);
            Owner owner =
                new Owner(
                    id, asset.require("modality", String.class).intern(), verdicts.passes(id));
            for (Segment segment : Segment.of(asset)) {
              (segment.role() == SegmentRole.OWN ? contents : captions)
                  .offer(segment.sha256(), owner);
            }
          }
        });
  }

  private void measurements(LakeReader lake) {
    List<Former> former = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>();
    lake.forEach(
        Kinds.MEASUREMENTS,
        columns(),
        row -> {
          String sha256 = row.require("sha256", String.class);
          boolean isOurs = contents.find(sha256).isPresent() || captions.find(sha256).isPresent();
          if (isOurs && row.find("error_code").isEmpty()) {
            String name = row.require("probe", String.class);
            Measured now = probes.get(name);
            Measured then = probes.get(BEFORE.getOrDefault(name, ""));
            if (now != null) {
              seen.add(List.of(now.probe().modality(), sha256));
              take(now, sha256, now.of(row));
            } else if (then != null) {
              former.add(new Former(then, sha256, then.of(row)));
            }
          }
        });
    for (Former each : former) {
      if (seen.add(List.of(each.by().probe().modality(), each.sha256()))) {
        take(each.by(), each.sha256(), each.values());
      }
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

  private void take(Measured by, String sha256, double[] values) {
    String modality = by.probe().modality();
    contents
        .find(sha256)
        .filter(owner -> owner.modality().equals(modality))
        .ifPresent(owner -> add(modality, owner, values));
    if (by.probe().name().equals(Kinds.PROBES.ofCaptions().name())) {
      captions.find(sha256).ifPresent(owner -> add("", owner, values));
    }
  }

  private void add(String group, Owner owner, double[] values) {
    List<FigureValues> figures = groups.getOrDefault(group, List.of());
    for (int i = 0; i < figures.size(); i++) {
      figures.get(i).add(values[i], owner);
    }
  }

  /** A chart for each figure that has a value. */
  List<FigureChart> charts() {
    return groups.values().stream()
        .flatMap(List::stream)
        .filter(figure -> !figure.isEmpty())
        .map(FigureValues::chart)
        .toList();
  }

  /** The thresholds of a rule. */
  List<Limit> limits(Rule rule) {
    return limits.getOrDefault(rule, List.of());
  }

  /** How many contents they are of, in words. */
  String of() {
    String whole = "Every content counts once, however often it is there.";
    return contents.isPart() || captions.isPart()
        ? whole
            + " There are very many, so a sample is drawn, chosen by digest: %,d contents and %,d captions."
                .formatted(contents.size(), captions.size())
        : whole + " All of them are drawn: %,d.".formatted(contents.size());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.curate.Threshold;
import dev.lakehouse.core.curate.Threshold.Part;
import dev.lakehouse.core.watch.report.FigureChart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The figures of all assets of a modality: of their contents, or of their captions. */
final class FigureGroup {
  private final String name;
  private final DigestSample<Owner> owners;
  private final List<FigureValues> figures = new ArrayList<>();
  private final Map<Rule, List<Limit>> limits = new LinkedHashMap<>();

  /**
   * @param name as charts have it
   * @param part content or captions
   * @param rules whose thresholds are of interest; those for other modalities concern nobody here
   * @param most contents to take
   */
  FigureGroup(
      String name, String modality, Part part, Measured measured, List<Rule> rules, int most) {
    this.name = name;
    this.owners = new DigestSample<>(most, Owner::of);
    List<Rule> concerning =
        rules.stream()
            .filter(rule -> rule.appliesTo().equals(Rule.ALL) || rule.appliesTo().equals(modality))
            .toList();
    for (Column figure : measured.figures()) {
      figures.add(new FigureValues(name, figure, limits(figure, part, concerning)));
    }
  }

  private List<Limit> limits(Column figure, Part part, List<Rule> rules) {
    List<Limit> own = new ArrayList<>();
    for (Rule rule : rules) {
      Threshold.of(rule).stream()
          .filter(each -> each.of() == part && each.figure().equals(figure.name()))
          .map(each -> new Limit(rule, each))
          .forEach(
              limit -> {
                own.add(limit);
                limits.computeIfAbsent(rule, each -> new ArrayList<>()).add(limit);
              });
    }
    return own;
  }

  /** Hears of a content. */
  void offer(String sha256, Owner owner) {
    owners.offer(sha256, owner);
  }

  boolean has(String sha256) {
    return owners.find(sha256).isPresent();
  }

  /** Hears of the figures of a content, once all contents are known. */
  void measured(String sha256, double[] values) {
    owners
        .find(sha256)
        .ifPresent(
            owner -> {
              for (int i = 0; i < values.length; i++) {
                figures.get(i).add(values[i], owner);
              }
            });
  }

  Stream<FigureChart> charts() {
    return figures.stream().filter(figure -> !figure.isEmpty()).map(FigureValues::chart);
  }

  List<Limit> limits(Rule rule) {
    return limits.getOrDefault(rule, List.of());
  }

  String name() {
    return name;
  }

  boolean isSample() {
    return owners.isPart();
  }

  /** Contents that are taken. */
  long size() {
    return owners.size();
  }
}

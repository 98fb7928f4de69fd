// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What judges beside the policy, and is part of what names a judgement: where one of these changes,
 * everything is judged anew, and a judgement of before is known to be one.
 *
 * @param contract digest of the rules that no policy can relax
 * @param view digest of the columns that rules are written over
 * @param probes whose figures count, by name
 * @param derivers whose pieces count, by name
 */
public record JudgementBasis(String contract, String view, String probes, List<String> derivers) {
  /** The mark of a judgement's commit that holds the digest of its basis. */
  public static final String MARK = "basis";

  /** The mark of a judgement's commit that names its derivers, which their settings decide on. */
  public static final String DERIVERS = "derivers";

  /**
   * The mark of a judgement's commit that holds the digest of the detector that told speech; none
   * where speech was told by its energy.
   */
  public static final String SPEECH = "speech";

  /** The digest of the basis of judgements that do not name theirs. */
  static final String UNNAMED = "03096fe7fa937b96e648ebb862e340fc2a4853a7e52bacb1994b3cd03348e035";

  public JudgementBasis {
    derivers = List.copyOf(derivers);
  }

  /** That of judgements that are made now. */
  public static JudgementBasis of(Probes probes, List<String> derivers) {
    return new JudgementBasis(
        contract(probes.contract()),
        view(probes.judged().view().columns()),
        probes.names(),
        derivers);
  }

  /** The digest of the basis of a judgement that marks it so. */
  public static String marked(Optional<String> mark) {
    return mark.orElse(UNNAMED);
  }

  /** What names it. */
  public String digest() {
    List<String> parts = new ArrayList<>(List.of(contract, view, probes));
    parts.addAll(derivers);
    return Digests.ofParts(parts);
  }

  static String contract(List<Rule> rules) {
    List<String> parts = new ArrayList<>();
    for (Rule rule : rules) {
      parts.add(rule.name());
      parts.add(rule.appliesTo());
      parts.add(rule.require());
      parts.add(rule.severity().name());
      parts.add(rule.reason());
    }
    return Digests.ofParts(parts);
  }

  static String view(List<Column> columns) {
    return Digests.ofParts(
        columns.stream().map(column -> column.name() + " " + column.type().ddl()).toList());
  }
}

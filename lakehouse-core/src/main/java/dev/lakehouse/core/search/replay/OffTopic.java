// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.replay;

import java.util.List;

/**
 * Questions that few lakes can answer, for those that have none of their own: subjects far from
 * each other and from what people photograph, film or write to each other about, each asked for in
 * several ways. English, and always the same.
 */
final class OffTopic {
  private static final List<String> SUBJECTS =
      List.of(
          "withholding tax on dividends",
          "the proof of Fermat's little theorem",
          "page tables in an operating system",
          "spectral lines of ionised helium",
          "the vowels of Old Norse",
          "mitochondrial haplogroups",
          "quorum rules of a shareholders' meeting",
          "yield stress of drilling mud",
          "the annealing temperature of brass",
          "figured bass in Baroque music",
          "deadweight loss of a tariff",
          "the half-life of caesium",
          "escrow of a domain transfer",
          "Byzantine agreement among processes",
          "the syntax of regular expressions",
          "the doctrine of consideration in contract law",
          "double-entry bookkeeping",
          "phonon scattering in semiconductors",
          "reinsurance treaties",
          "the cell wall of archaea",
          "isostatic rebound after the ice age",
          "the pricing of currency options",
          "Kant's categorical imperative",
          "the stoichiometry of combustion");

  private static final List<String> QUESTIONS =
      List.of(
          "how is %s explained",
          "%s",
          "an introduction to %s for students",
          "who first described %s",
          "common mistakes about %s");

  /** All of them. */
  static final List<String> TEXTS =
      SUBJECTS.stream()
          .flatMap(subject -> QUESTIONS.stream().map(question -> question.formatted(subject)))
          .toList();

  private OffTopic() {}
}

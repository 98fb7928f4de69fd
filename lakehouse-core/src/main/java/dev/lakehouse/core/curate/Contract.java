// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What no policy can relax: the structure of an asset, which every later stage relies on.
 *
 * <p>They are rules like any other, so that they are shown, counted and explained in the same way.
 */
final class Contract {
  /** What is known for what it is without being measured. */
  private static final List<String> NEVER_MEASURED = List.of("table", "unknown");

  /** Names that no policy may use. */
  static final Set<String> NAMES =
      rules(List.of()).stream().map(Rule::name).collect(Collectors.toUnmodifiableSet());

  private Contract() {}

  /**
   * The rules.
   *
   * @param measured modalities that are measured
   */
  static List<Rule> rules(List<String> measured) {
    return List.of(
        fail("content-error", Rule.ALL, "content_error IS NULL", "${content_error}"),
        fail(
            "type-agrees-with-name",
            Rule.ALL,
            "name_modality IS NULL OR modality = 'unknown' OR size_bytes = 0"
                + " OR name_modality = modality",
            "TYPE_MISMATCH"),
        new Rule(
            "format-agrees-with-name",
            Rule.ALL,
            "name_media_type IS NULL OR name_modality <> modality"
                + " OR name_media_type = media_type OR modality <> 'image'",
            Severity.WARN,
            "WRONG_EXTENSION"),
        review("type-is-known", "modality <> 'unknown' OR size_bytes = 0", "UNKNOWN_TYPE"),
        review("manifests-are-not-content", "modality <> 'table'", "MANIFEST_LIKE"),
        fail(
            "modality-is-supported",
            Rule.ALL,
            "modality IN (%s)".formatted(supported(measured)),
            "UNSUPPORTED_FORMAT"),
        fail("content-is-whole", Rule.ALL, "error_code IS NULL", "${error_code}"),
        fail(
            "captions-are-whole",
            Rule.ALL,
            "NOT exists(captions, c -> c.error_code IS NOT NULL)",
            "${filter(captions, c -> c.error_code IS NOT NULL)[0].error_code}"),
        fail(
            "captions-are-filled",
            Rule.ALL,
            "NOT exists(captions, c -> length(trim(c.text)) = 0)",
            "CAPTION_EMPTY"),
        fail(
            "captions-are-there",
            "image",
            "NOT captions_declared OR size(captions) > 0",
            "CAPTION_MISSING"));
  }

  private static String supported(List<String> measured) {
    return Stream.concat(measured.stream(), NEVER_MEASURED.stream())
        .map("'%s'"::formatted)
        .collect(Collectors.joining(", "));
  }

  private static Rule fail(String name, String appliesTo, String require, String reason) {
    return new Rule(name, appliesTo, require, Severity.FAIL, reason);
  }

  private static Rule review(String name, String require, String reason) {
    return new Rule(name, Rule.ALL, require, Severity.REVIEW, reason);
  }
}

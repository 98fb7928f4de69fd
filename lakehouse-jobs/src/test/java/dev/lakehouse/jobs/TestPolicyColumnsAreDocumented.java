// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.curate.Judged;
import dev.lakehouse.core.curate.Reasons;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.kind.Kinds;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/policy.md} has every column that a rule may name, and every rule of the contract. */
class TestPolicyColumnsAreDocumented {
  private static final String HEAD =
      """
      # Policies

      A policy says which assets may be published. It is a YAML file with a list of rules; each rule is a
      SQL condition over one asset, its figures and its captions. The built-in one is
      [conf/policy.yaml](../conf/policy.yaml); copy it, change it, and try it:

          lakehouse judge --lake ./lake --policy my-policy.yaml
          lakehouse publish --lake ./lake

      `judge` reads kept figures and no media, so it takes seconds. It prints what newly passes, what newly
      fails, and why; `publish` makes it what readers see, and the way back is the old policy.

      ## A policy

      This one takes large, sharp, licensed pictures with English captions, and texts of some length:

      ```yaml
      name: training
      keeper: [more-content, earliest-seen]
      rules:
        - name: image-is-large
          applies_to: image
          require: least(width, height) >= 512
          severity: fail
          reason: SMALL
        - name: image-is-sharp
          applies_to: image
          require: blur >= 20
          severity: review
          reason: SOFT
        - name: captions-are-english
          applies_to: image
          require: forall(captions, c -> c.detected_language IN ('eng', 'und'))
          severity: fail
          reason: CAPTION_NOT_ENGLISH
        - name: licence-is-stated
          require: licence IS NOT NULL OR facts['rights'] IS NOT NULL
          severity: review
          reason: NO_LICENCE
        - name: text-is-long
          applies_to: text
          require: words >= 20
          severity: warn
          reason: SHORT
      ```

      | key of a rule | |
      |---|---|
      | `name` | lower-case words joined by `-`, unlike that of any other rule |
      | `applies_to` | `image`, `text` or `all` (which is meant where nothing is said) |
      | `require` | a condition in Spark SQL that must be TRUE; FALSE and NULL trip the rule |
      | `severity` | `fail`: the asset does not pass. `review`: a person decides (`lakehouse review`, or the page of `lakehouse serve --review`). `warn`: the reason is kept and changes nothing |
      | `reason` | a code in upper case, which stands in `verdicts` and in the counts of `status` |

      An asset fails if any `fail` rule trips, else waits for review if any `review` rule does, else is pending
      until it is measured, else passes. All its reasons are kept. A reviewer's approval lifts reviews, never
      failures; a rejection fails it whatever the rules say.

      A condition may use the operators and functions of Spark SQL, `exists`, `forall`, `filter` and
      `transform` over `captions`, `passages` and `keyframes` among them. Refused are subqueries, functions of your own, aggregates, and
      whatever differs from one run to the next. A figure that could not be taken is NULL: write
      `blur >= 20 OR blur IS NULL` where that should pass.

      ## Which copy is kept

      Assets of equal content are duplicates; those that pass are compared, one is kept, and the others fail
      as `EXACT_DUPLICATE` with the name of the keeper. `keeper` orders what decides:

      | word | keeps |
      |---|---|
      | `name-agrees` | the one whose file name says the type that the bytes have |
      | `more-content` | the one with more pixels, characters or bytes |
      | `earliest-seen` | the one that was first seen |
      | `smallest-asset-id` | the one with the smallest id, which decides whatever is left |

      ## Rules that no policy can relax

      They stand before those of every policy.

      | rule | applies to | severity | reason | condition |
      |---|---|---|---|---|
      """;

  private static final Judged JUDGED = Kinds.PROBES.judged();

  private static final String CODES =
      """

      ## Codes that policies do not make up

      | code | means |
      |---|---|
      """;

  private static final String NOTE =
      """

      `UNSUPPORTED_FORMAT` is what MIDI files get, and all else that is known for what it is and that
      nothing decodes. `${…}` stands for the code that the column holds.
      """;

  private static final String COLUMNS =
      """

      ## Columns

      The view `judged` has one row for each active asset. "Media" says for which the column can have a value.

      | column | type | media | meaning |
      |---|---|---|---|
      """;

  private static final String CAPTIONS =
      """

      ## Fields of a caption or passage

      `captions` is an array of these, in the order of the source, and `passages` in reading order; empty
      where there are none.

      | field | type | meaning |
      |---|---|---|
      """;

  private static final String KEYFRAMES =
      """

      ## Fields of a keyframe

      `keyframes` is an array of these, in the order of their times; empty where there are none.

      | field | type | meaning |
      |---|---|---|
      """;

  private static final Set<String> ARRAYS = Set.of("captions", "passages", "keyframes");

  @Test
  void theDocumentationHasThemAll() throws IOException {
    RenderedFile.assertSame(
        "docs/policy.md",
        HEAD
            + rows(
                Kinds.PROBES.contract().stream().map(TestPolicyColumnsAreDocumented::row).toList())
            + NOTE
            + CODES
            + rows(
                Reasons.WORDS.entrySet().stream()
                    .map(code -> "| `%s` | %s |".formatted(code.getKey(), code.getValue()))
                    .toList())
            + COLUMNS
            + rows(
                JUDGED.view().columns().stream().map(TestPolicyColumnsAreDocumented::row).toList())
            + CAPTIONS
            + rows(JUDGED.caption().stream().map(TestPolicyColumnsAreDocumented::field).toList())
            + KEYFRAMES
            + rows(JUDGED.keyframe().stream().map(TestPolicyColumnsAreDocumented::field).toList()));
  }

  private static String rows(List<String> rows) {
    return rows.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(Rule rule) {
    return "| `%s` | %s | %s | `%s` | `%s` |"
        .formatted(
            rule.name(),
            rule.appliesTo(),
            rule.severity().name().toLowerCase(Locale.ROOT),
            rule.reason(),
            rule.require());
  }

  private static String row(Column column) {
    String type =
        ARRAYS.contains(column.name()) ? "array, see below" : "`" + column.type().ddl() + "`";
    return "| `%s` | %s | %s | %s |"
        .formatted(column.name(), type, JUDGED.media(column.name()), meaning(column));
  }

  private static String field(Column column) {
    return "| `%s` | `%s` | %s |".formatted(column.name(), column.type().ddl(), meaning(column));
  }

  private static String meaning(Column column) {
    return column.meaning() + (column.nullable() ? "; may be NULL" : "");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static java.util.Comparator.comparingLong;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.watch.report.Change.OfVerdicts;
import dev.lakehouse.core.watch.report.Funnel.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a judgement changed against the one before it. */
final class ChangeSurvey {
  private static final int EXAMPLES = 6;
  private static final int REASONS = 20;

  private final Nearest passing = new Nearest(EXAMPLES);
  private final Nearest failing = new Nearest(EXAMPLES);
  private final Map<String, Long> reasons = new TreeMap<>();
  private long passes;
  private long fails;

  /** Compares the verdicts with those at a version of before. */
  ChangeSurvey(LakeReader lake, Verdicts now, long version) {
    Set<String> before = Verdicts.passedAt(lake, version);
    for (String id : now.assets()) {
      if (now.passes(id) && !before.contains(id)) {
        passes++;
        passing.offer(0, id, "");
      }
    }
    for (String id : before) {
      if (!now.passes(id)) {
        fails++;
        List<String> why = now.reasons(id).orElse(List.of("GONE"));
        failing.offer(0, id, String.join(", ", why));
        why.forEach(code -> reasons.merge(code, 1L, Long::sum));
      }
    }
  }

  void want(Showcase showcase) {
    showcase.want(passing.inOrder());
    showcase.want(failing.inOrder());
  }

  OfVerdicts told(Showcase showcase) {
    List<Reason> most =
        reasons.entrySet().stream()
            .map(reason -> new Reason("failed", reason.getKey(), reason.getValue()))
            .sorted(comparingLong(Reason::count).reversed().thenComparing(Reason::code))
            .limit(REASONS)
            .toList();
    return new OfVerdicts(
        passes, fails, most, showcase.shown(passing.inOrder()), showcase.shown(failing.inOrder()));
  }

  /** Whether a comparison says anything; why not, where it does not. */
  static Optional<String> nothing(RunNote run, LakeReader lake) {
    Optional<Long> before = Optional.ofNullable(run.before().get(Tables.VERDICTS.name()));
    long now = lake.version(Tables.VERDICTS);
    if (now == LakeReader.ABSENT) {
      return Optional.of("Nothing was judged yet.");
    }
    if (before.isEmpty()) {
      return Optional.of("What stood before is not known: the run left no report of its own.");
    }
    if (before.get() == LakeReader.ABSENT) {
      return Optional.of("This was the first judgement: there is none before to compare it with.");
    }
    return before.get() == now
        ? Optional.of("The run judged nothing anew: all verdicts are those of before.")
        : Optional.empty();
  }
}

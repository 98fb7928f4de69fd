// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import dev.lakehouse.core.Counted;
import dev.lakehouse.core.ReadablePlace;
import dev.lakehouse.core.lake.IndexRecall;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.IdleRuns;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.curate.JudgementDifference;
import dev.lakehouse.jobs.lake.release.PublishResult;
import dev.lakehouse.jobs.pipeline.DedupStep;
import dev.lakehouse.jobs.pipeline.JudgeResult;
import dev.lakehouse.jobs.pipeline.MapResult;
import dev.lakehouse.jobs.pipeline.StepCounts;
import dev.lakehouse.jobs.pipeline.embed.EmbedResult;
import dev.lakehouse.jobs.pipeline.sweep.GcResult;
import dev.lakehouse.jobs.pipeline.sweep.Leftovers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Results as people read them. */
public final class Words {
  private Words() {}

  public static List<String> of(IngestResult result) {
    List<String> lines = new ArrayList<>();
    lines.add("ingest   %,d seen in %s".formatted(result.seen(), result.source()));
    lines.add(
        "         %,d new, %,d changed, %,d unchanged%s, %s, %,d gone"
            .formatted(
                result.added(),
                result.updated(),
                result.unchanged(),
                result.unread() == 0 ? "" : " (%,d not read again)".formatted(result.unread()),
                Counted.of(result.deadLetters(), "dead letter"),
                result.gone()));
    if (!result.passedOver().isEmpty()) {
      lines.add("         passed over: " + counted(result.passedOver()));
    }
    return lines;
  }

  /** Such as {@code 2 .DS_Store, 1 lake}. */
  private static String counted(Map<String, Long> kinds) {
    return new TreeMap<>(kinds)
        .entrySet().stream()
            .map(kind -> "%,d %s".formatted(kind.getValue(), kind.getKey()))
            .collect(Collectors.joining(", "));
  }

  public static String of(String step, StepCounts counts) {
    return "%-8s %,d computed now; %,d in all, %s among them"
        .formatted(step, counts.computed(), counts.items(), Counted.of(counts.failed(), "error"));
  }

  public static List<String> of(GcResult result) {
    List<String> lines = new ArrayList<>();
    for (Leftovers found : result.leftovers()) {
      lines.add(
          "%,8d %s, %,d bytes%s, in %s"
              .formatted(
                  found.count(),
                  found.kind().words(),
                  found.bytes(),
                  found.oldest().map(oldest -> ", since " + oldest).orElse(""),
                  found.place()));
    }
    if (!result.underway().isEmpty()) {
      lines.add("no blob was looked at, since these may be at work: " + result.underway());
    }
    String done = result.applied() ? "removed" : "found; --apply removes them";
    lines.add(
        result.leftovers().isEmpty()
            ? "no leftovers from before " + result.horizon()
            : "%s, %s %s"
                .formatted(
                    Counted.of(result.count(), "leftover"),
                    Counted.of(result.bytes(), "byte"),
                    done));
    return lines;
  }

  public static String of(DedupStep.Result result) {
    return "dedup    %s in %s of equal content"
        .formatted(Counted.of(result.members(), "asset"), Counted.of(result.clusters(), "group"));
  }

  public static List<String> of(JudgeResult result) {
    List<String> lines = new ArrayList<>();
    String states =
        result.states().entrySet().stream()
            .filter(state -> state.getValue() > 0)
            .map(state -> "%,d %s".formatted(state.getValue(), word(state.getKey())))
            .collect(Collectors.joining(", "));
    lines.add("judge    %s (policy %s)".formatted(states, result.policy()));
    JudgementDifference difference = result.difference();
    lines.add(
        "         +%,d newly passing, -%,d newly failing"
            .formatted(difference.newlyPassing(), difference.newlyFailing()));
    for (JudgementDifference.Reason reason : difference.reasons()) {
      lines.add(
          "         %-24s %,6d  %s"
              .formatted(
                  reason.reason(),
                  reason.count(),
                  String.join("  ", reason.examples().stream().map(ReadablePlace::of).toList())));
    }
    return lines;
  }

  private static String word(String state) {
    return state.equals("dead_letter") ? "dead letters" : state;
  }

  public static List<String> embedded(Map<String, EmbedResult> families) {
    if (families.isEmpty()) {
      return List.of("embed    nothing: every family is off");
    }
    return families.entrySet().stream()
        .map(family -> of("embed", family.getValue().counts()) + " (" + family.getKey() + ")")
        .toList();
  }

  public static List<String> of(MapResult result) {
    return List.of(
        "map      %s of %s, version %d, through %s into %s"
            .formatted(
                Counted.of(result.rows(), "row"),
                result.table(),
                result.version(),
                result.function(),
                result.output()),
        "         %s of %.1f rows, %s made, busy %.0f %%, %.1f s"
            .formatted(
                Counted.of(result.batches(), "batch"),
                result.meanBatch(),
                Counted.of(result.instances(), "instance"),
                100 * result.busyShare(),
                result.seconds()));
  }

  public static List<String> of(PublishResult result) {
    Release release = result.release();
    List<String> lines = new ArrayList<>();
    lines.add(
        switch (result.outcome()) {
          case RELEASED ->
              "publish  release %d: %,d published (+%,d, %,d changed, -%,d)"
                  .formatted(
                      release.sequence(),
                      release.published(),
                      result.added(),
                      result.updated(),
                      result.removed());
          case UNCHANGED -> "publish  nothing new; release %d stays".formatted(release.sequence());
          case WITHDRAWN ->
              ("publish  the same was release %d, which was withdrawn; it is not released again."
                      + " 'lakehouse judge --full', then 'publish', releases it all the same")
                  .formatted(release.sequence());
        });
    if (result.outcome() == PublishResult.Outcome.RELEASED) {
      indexes(release).forEach(index -> lines.add("         " + index));
    }
    release.familiesOff().forEach(off -> lines.add("         without " + off));
    result.unsearchable().ifPresent(gap -> lines.add("         " + gap));
    return lines;
  }

  public static String of(Release release) {
    return "%4d  %s  %s  %-9s  %,d published, %,d pending, %,d dead"
        .formatted(
            release.sequence(),
            release.id().substring(0, 12),
            release.createdAt(),
            release.state(),
            release.published(),
            release.pending(),
            release.dead());
  }

  /** The indexes of a release, and how much of what is near each finds. */
  public static List<String> indexes(Release release) {
    return release.families().stream()
        .map(
            family ->
                "index of %s: %s, %s"
                    .formatted(
                        family.name(),
                        Counted.of(family.rows(), "row"),
                        family.recall().map(IndexRecall::words).orElse("recall not measured")))
        .toList();
  }

  /** A whole run that found nothing to do. */
  public static List<String> settled(IdleRuns.Answer answer) {
    List<String> lines = new ArrayList<>();
    String release =
        Release.current(answer.status().releases())
            .map(current -> "release %d stays".formatted(current.sequence()))
            .orElse("nothing is released");
    lines.add("nothing to do since the last run: " + release);
    answer.unsearchable().ifPresent(gap -> lines.add("         " + gap));
    return lines;
  }

  /** What readers start from now. */
  public static String current(Optional<Release> current) {
    return current
        .map(release -> "readers start from release %d".formatted(release.sequence()))
        .orElse("nothing is released: readers find no release until 'lakehouse publish' makes one");
  }

  /** How much of an answer is shown. */
  public static String shown(long shown, long count) {
    return "%,d of %,d".formatted(shown, count);
  }
}

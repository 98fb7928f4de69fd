// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.bench.own.Holdings;
import dev.lakehouse.bench.own.Soak;
import dev.lakehouse.bench.own.Soak.Round;
import dev.lakehouse.core.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.function.ToLongFunction;

/** What a process held, round by round, and how far that moved after a third of the time. */
final class SoakTable {
  private SoakTable() {}

  static void print(Task task, Duration time, boolean json)
      throws IOException, InterruptedException {
    if (!json) {
      System.out.println(
          "minute     rows   rows/s  RSS MiB  heap MiB  threads  files  tensors  managers");
    }
    List<Round> rounds = Soak.run(task, time, round -> say(round, json));
    List<Round> warm = rounds.subList(rounds.size() / 3, rounds.size());
    if (json) {
      System.out.println(Json.pretty(rounds));
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "after %d of %d rounds: RSS %s MiB, heap %s MiB, threads %s, files %s, tensors %s,"
            + " managers %s; %d native sessions, peak RSS %d MiB%n",
        rounds.size() - warm.size(),
        rounds.size(),
        range(warm, Holdings::rssMib),
        range(warm, Holdings::heapMib),
        range(warm, Holdings::threads),
        range(warm, Holdings::files),
        range(warm, Holdings::tensors),
        range(warm, Holdings::managers),
        last(rounds).sessions(),
        last(rounds).peakRssMib());
  }

  private static Holdings last(List<Round> rounds) {
    return rounds.get(rounds.size() - 1).holdings();
  }

  private static String range(List<Round> rounds, ToLongFunction<Holdings> figure) {
    LongSummaryStatistics all =
        rounds.stream().map(Round::holdings).mapToLong(figure).summaryStatistics();
    double share = all.getMin() == 0 ? 0 : 100.0 * (all.getMax() - all.getMin()) / all.getMin();
    return String.format(Locale.ROOT, "%d-%d (%.1f %%)", all.getMin(), all.getMax(), share);
  }

  private static void say(Round round, boolean json) {
    if (json) {
      return;
    }
    Holdings held = round.holdings();
    System.out.printf(
        Locale.ROOT,
        "%6.1f %8d %8.1f %8d %9d %8d %6d %8d %9d%n",
        round.spent().seconds() / 60,
        round.spent().rows(),
        round.spent().rate(),
        held.rssMib(),
        held.heapMib(),
        held.threads(),
        held.files(),
        held.tensors(),
        held.managers());
  }
}

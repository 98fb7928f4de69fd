// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.bench.Clock.Spent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs contenders in turn, round after round, so that what changes meanwhile meets all alike. */
final class Contest {
  private final int cores;
  private final int rounds;
  private final BenchData data;

  Contest(BenchData data, int cores, int rounds) {
    this.data = data;
    this.cores = cores;
    this.rounds = rounds;
  }

  /** One row for each thing that a contender measured, in their order. */
  List<Measurement> hold(Workload workload, int rows, List<Contender> contenders)
      throws IOException, InterruptedException {
    List<String> what =
        List.of(
            "--workload=" + workload,
            "--rows=" + rows,
            "--cores=" + cores,
            "--data=" + data.folder());
    child("prepare", what);
    Map<String, List<Result>> runs = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Contender contender : contenders) {
        System.err.printf(
            "bench: %s, %,d %s, round %d of %d%n",
            contender.name, rows, workload.word(), round, rounds);
        for (Result result : child("measure", what, "--system=" + contender)) {
          runs.computeIfAbsent(result.system(), key -> new ArrayList<>()).add(result);
        }
      }
    }
    Optional<Spent> floor =
        Optional.ofNullable(runs.get(Floors.FLOOR)).map(Contest::middle).map(Result::whole);
    return runs.values().stream().map(results -> Measurement.of(results, floor)).toList();
  }

  private static List<Result> child(String command, List<String> what, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(what);
    arguments.addAll(List.of(more));
    return Child.run(arguments);
  }

  private static Result middle(List<Result> results) {
    List<Result> sorted =
        results.stream()
            .sorted((a, b) -> Double.compare(a.whole().cpuRate(), b.whole().cpuRate()))
            .toList();
    return sorted.get(sorted.size() / 2);
  }
}

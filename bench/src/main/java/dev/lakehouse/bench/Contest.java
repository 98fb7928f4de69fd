// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.bench.Clock.Spent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
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
    own("prepare", task(workload, rows)).run();
    Map<String, List<Result>> runs = new LinkedHashMap<>();
    Map<String, Agreement> agreements = new HashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Contender contender : contenders) {
        if (!contender.workloads().contains(workload)) {
          continue;
        }
        Task task = task(workload, contender.rows(rows));
        System.err.printf(
            "bench: %s, %,d %s, round %d of %d%n",
            contender.label, task.rows(), workload.word(), round, rounds);
        for (Result result : child(contender, task).run()) {
          runs.computeIfAbsent(result.system(), key -> new ArrayList<>()).add(result);
        }
        if (contender.peer(task).isPresent()) {
          agreements.put(contender.label, agreement(task));
        }
      }
    }
    Optional<Spent> floor =
        Optional.ofNullable(runs.get(Floors.FLOOR)).map(Contest::middle).map(Result::whole);
    return runs.values().stream()
        .map(results -> Measurement.of(results, floor, agreement(results, agreements)))
        .toList();
  }

  private static Optional<Agreement> agreement(
      List<Result> results, Map<String, Agreement> agreements) {
    return Optional.ofNullable(agreements.get(results.get(0).system()));
  }

  private static Agreement agreement(Task task) throws IOException, InterruptedException {
    return own("agree", task).with("--written=" + Contender.out(task)).run(Agreement.class).get(0);
  }

  private Task task(Workload workload, int rows) {
    return new Task(workload, rows, cores, data);
  }

  private static Child child(Contender contender, Task task) throws IOException {
    return contender.peer(task).orElseGet(() -> own("measure", task).with("--system=" + contender));
  }

  private static Child own(String command, Task task) {
    return Child.again()
        .with(
            command,
            "--workload=" + task.workload(),
            "--rows=" + task.rows(),
            "--cores=" + task.cores(),
            "--data=" + task.data().folder());
  }

  private static Result middle(List<Result> results) {
    List<Result> sorted =
        results.stream()
            .sorted((a, b) -> Double.compare(a.whole().cpuRate(), b.whole().cpuRate()))
            .toList();
    return sorted.get(sorted.size() / 2);
  }
}

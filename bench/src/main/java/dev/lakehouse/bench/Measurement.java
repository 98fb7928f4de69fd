// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lakehouse.bench.Clock.Spent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One row of the table: the run of a system that lies in the middle by its rate, and how far the
 * others are apart.
 *
 * @param system who did it
 * @param workload what was done
 * @param runs how many
 * @param rows items of a run
 * @param seconds by the wall clock, the whole stage
 * @param rowsPerSecond items a second
 * @param rowsPerCpuSecond items for each second of a processor
 * @param leastPerCpuSecond the same of the slowest run
 * @param mostPerCpuSecond the same of the fastest
 * @param ratioSteady to the floor, from the first batch to the last, by processor seconds
 * @param ratioWhole to the floor, of the whole stage, by processor seconds
 * @param ratioSteadyClock to the floor, from the first batch to the last, by the wall clock
 * @param ratioClock to the floor, of the whole stage, by the wall clock
 * @param peakRssMib most memory that a process ever held
 * @param modelLoads native sessions that a run opened
 * @param leastCosine of a peer's vectors to those of the lakehouse
 */
record Measurement(
    String system,
    String workload,
    int runs,
    long rows,
    double seconds,
    @JsonProperty("rows_per_s") double rowsPerSecond,
    @JsonProperty("rows_per_cpu_s") double rowsPerCpuSecond,
    @JsonProperty("rows_per_cpu_s_min") double leastPerCpuSecond,
    @JsonProperty("rows_per_cpu_s_max") double mostPerCpuSecond,
    @JsonProperty("ratio_steady") Optional<Double> ratioSteady,
    @JsonProperty("ratio_whole") Optional<Double> ratioWhole,
    @JsonProperty("ratio_steady_clock") Optional<Double> ratioSteadyClock,
    @JsonProperty("ratio_whole_clock") Optional<Double> ratioClock,
    @JsonProperty("peak_rss_mib") long peakRssMib,
    @JsonProperty("model_loads") long modelLoads,
    @JsonProperty("least_cosine") Optional<Double> leastCosine) {

  /**
   * Sums up the runs of one system.
   *
   * @param floor of the same workload, if it was measured
   * @param agreement with the vectors of the lakehouse, if it was looked at
   */
  static Measurement of(List<Result> runs, Optional<Spent> floor, Optional<Agreement> agreement) {
    List<Result> sorted =
        runs.stream()
            .sorted(Comparator.comparingDouble((Result run) -> run.whole().cpuRate()))
            .toList();
    Result middle = sorted.get(sorted.size() / 2);
    Optional<Spent> steady = Optional.ofNullable(middle.steady());
    return new Measurement(
        middle.system(),
        middle.workload(),
        runs.size(),
        middle.whole().rows(),
        middle.whole().seconds(),
        middle.whole().rate(),
        middle.whole().cpuRate(),
        sorted.get(0).whole().cpuRate(),
        sorted.get(sorted.size() - 1).whole().cpuRate(),
        steady.flatMap(part -> ratio(part, floor, Spent::cpuRate)),
        ratio(middle.whole(), floor, Spent::cpuRate),
        steady.flatMap(part -> ratio(part, floor, Spent::rate)),
        ratio(middle.whole(), floor, Spent::rate),
        runs.stream().mapToLong(Result::peakRssMib).max().orElse(0),
        middle.modelLoads(),
        agreement.map(Agreement::least));
  }

  private static Optional<Double> ratio(
      Spent spent, Optional<Spent> floor, ToDoubleFunction<Spent> rate) {
    Function<Spent, Double> ratio =
        ground -> rate.applyAsDouble(spent) / rate.applyAsDouble(ground);
    return floor.map(ratio);
  }
}

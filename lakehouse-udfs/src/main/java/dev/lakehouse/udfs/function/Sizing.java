// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.OptionalInt;

/** Whether a cluster has what the instances of a function need; asked before anything runs. */
final class Sizing {
  private final String function;
  private final BatchKnobs knobs;
  private final Cluster cluster;

  Sizing(String function, BatchKnobs knobs, Cluster cluster) {
    this.function = function;
    this.knobs = knobs;
    this.cluster = cluster;
  }

  /**
   * Refuses what cannot be.
   *
   * @throws LakehouseException CONFIG_INVALID, with the numbers and the settings to change
   */
  void require() {
    requireCores();
    if (knobs.gpus() > 0) {
      requireGpus(knobs.concurrency() * knobs.gpus());
      requireGpusForTasks();
    }
  }

  private void requireCores() {
    OptionalInt cores = cluster.cores();
    if (cores.isPresent() && knobs.concurrency() > cores.getAsInt()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot run %s: concurrency %d asks for %d instances in an executor, but an executor has"
              + " %d cores (%s). Lower the concurrency to %d, or give executors more cores",
          function,
          knobs.concurrency(),
          knobs.concurrency(),
          cores.getAsInt(),
          cluster.isLocal() ? "spark.master" : "spark.executor.cores",
          cores.getAsInt());
    }
  }

  private void requireGpus(double needed) {
    if (needed > cluster.gpus()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot run %s: %s. Lower the concurrency or the GPUs of an instance, or raise %s",
          function,
          tooMany(needed),
          cluster.isLocal() ? Cluster.DRIVER_GPUS : Cluster.EXECUTOR_GPUS);
    }
  }

  /** Instances share a GPU that a task has a part of; several GPUs must all be one task's. */
  private void requireGpusForTasks() {
    boolean enough = knobs.gpus() > 1 ? cluster.taskGpus() >= knobs.gpus() : cluster.taskGpus() > 0;
    if (!enough) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot run %s: an instance needs %s GPUs, but Spark gives a task %s. Set %s to %s",
          function,
          number(knobs.gpus()),
          number(cluster.taskGpus()),
          Cluster.TASK_GPUS,
          number(knobs.gpus()));
    }
  }

  private String tooMany(double needed) {
    OptionalInt executors = cluster.executors();
    return executors.isPresent()
        ? "%d executors × %d instances × %s GPUs = %s GPUs, but the cluster has at most %d × %s = %s"
            .formatted(
                executors.getAsInt(),
                knobs.concurrency(),
                number(knobs.gpus()),
                number(executors.getAsInt() * needed),
                executors.getAsInt(),
                number(cluster.gpus()),
                number(executors.getAsInt() * cluster.gpus()))
        : "%d instances × %s GPUs = %s GPUs in each executor, but an executor has %s"
            .formatted(
                knobs.concurrency(), number(knobs.gpus()), number(needed), number(cluster.gpus()));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}

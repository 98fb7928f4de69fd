// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs;

import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.resource.ResourceInformation;

/** What Spark gave to a task, and whether it still wants it. */
public final class TaskShare {
  private static final String GPU = "gpu";

  private TaskShare() {}

  /** Addresses of the GPUs that the task was given; none with a local master. */
  public static List<String> gpus(TaskContext task) {
    ResourceInformation given = task.resourcesJMap().get(GPU);
    return given == null ? List.of() : List.of(given.addresses());
  }

  /**
   * To be called now and then by a task that waits: Spark interrupts no thread unless a job asks
   * for it.
   *
   * @param what it waits for
   * @throws TaskKilledException if Spark wants it no more
   */
  public static void requireAlive(TaskContext task, String what) {
    if (task.isInterrupted()) {
      throw new TaskKilledException("The task was killed while it waited for " + what);
    }
  }
}

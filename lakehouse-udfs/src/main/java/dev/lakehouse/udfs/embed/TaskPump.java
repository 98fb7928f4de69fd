// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import dev.lakehouse.core.batch.Session;
import dev.lakehouse.core.bundle.engine.DeviceChoice;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.embed.WarmPumps;
import dev.lakehouse.udfs.ExecutorShare;
import dev.lakehouse.udfs.TaskShare;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * The part of a task in the pump that its executor keeps for an encoder.
 *
 * @param session to be closed when the task ends
 * @param device where the pump runs, and why there
 */
public record TaskPump(Session<EmbedInput, EmbedOutcome> session, DeviceChoice device) {

  /**
   * Joins the pump, which is started where there is none, and its model loaded where it is not
   * warm.
   *
   * @throws dev.lakehouse.core.LakehouseException if the model is absent, another, or cannot be
   *     loaded
   */
  public static TaskPump open(EncoderSpec spec, EmbedOptions options, TaskContext task) {
    WarmEncoders.limit(options.warmBytes());
    DeviceChoice choice =
        DeviceChoice.of(options.device(), TaskShare.gpus(task).stream().findFirst());
    SparkConf conf = SparkEnv.get().conf();
    return new TaskPump(
        WarmPumps.open(
            spec,
            options.plan(choice.device(), ExecutorShare.cores(conf), ExecutorShare.gpus(conf)),
            () -> TaskShare.requireAlive(task, "the pump")),
        choice);
  }
}

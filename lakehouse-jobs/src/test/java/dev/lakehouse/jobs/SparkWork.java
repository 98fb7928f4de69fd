// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;

/**
 * What Spark was made to do.
 *
 * @param jobs that were started
 * @param stages that ran; those whose outcome was still there do not
 */
public record SparkWork(int jobs, int stages) {

  /** Counts what some work takes; nothing else may run beside it. */
  public static SparkWork of(Runnable work) throws TimeoutException {
    SparkContext spark = SparkTest.session().sparkContext();
    AtomicInteger jobs = new AtomicInteger();
    AtomicInteger stages = new AtomicInteger();
    SparkListener counting =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            jobs.incrementAndGet();
          }

          @Override
          public void onStageSubmitted(SparkListenerStageSubmitted stage) {
            stages.incrementAndGet();
          }
        };
    spark.listenerBus().waitUntilEmpty();
    spark.addSparkListener(counting);
    try {
      work.run();
      spark.listenerBus().waitUntilEmpty();
    } finally {
      spark.removeSparkListener(counting);
    }
    return new SparkWork(jobs.get(), stages.get());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import java.util.Locale;

/**
 * The memory that a JVM which embeds takes at most, part by part, in bytes.
 *
 * @param heap its limit
 * @param weights of the models, each open once
 * @param inference of all threads that run batches at once: inputs, activations, outputs
 * @param queue items that were read or decoded and are not through: on the heap, and outside of it
 *     while a native decoder has them
 */
record MemoryPlan(long heap, long weights, long inference, long queue) {
  private static final long MIB = 1L << 20;

  /** What the JVM itself, Spark, Arrow, Lance and ONNX Runtime hold beside that, as measured. */
  private static final long NATIVES = 600 * MIB;

  /** Of the heap, what Spark keeps for itself. */
  private static final long SPARKS_OWN = 300 * MIB;

  /** Of the rest, what Spark leaves to others: 1 - {@code spark.memory.fraction}. */
  private static final double LEFT = 0.4;

  long beyondHeap() {
    return weights + inference + queue + NATIVES;
  }

  private long total() {
    return heap + beyondHeap();
  }

  /** Compares with what the JVM may have. */
  Check check(Allowance allowance) {
    boolean onCluster = allowance.beyondHeap().isPresent();
    return queue > left() ? tooLittleHeap(onCluster) : fits(allowance);
  }

  private long left() {
    return (long) ((heap - SPARKS_OWN) * LEFT);
  }

  private Check tooLittleHeap(boolean onCluster) {
    return Check.fail(
        "memory",
        "plan",
        "items in flight %d MiB, and Spark leaves them %d MiB of a heap of %d MiB"
            .formatted(mib(queue), Math.max(0, mib(left())), mib(heap)),
        "Set %s to %dm at least, or lower lakehouse.embed.bytes-in-flight"
            .formatted(
                onCluster
                    ? "spark.executor.memory"
                    : "spark.driver.memory (of a cluster: spark.executor.memory)",
                mib((long) (queue / LEFT) + SPARKS_OWN)));
  }

  private Check fits(Allowance allowance) {
    if (allowance.beyondHeap().isPresent()) {
      long allowed = allowance.beyondHeap().getAsLong();
      return fits(
          beyondHeap() <= allowed, "%d MiB beyond the heap allowed".formatted(mib(allowed)));
    }
    long physical = PhysicalMemory.bytes();
    String found = "%d MiB here".formatted(mib(physical));
    return total() <= physical
        ? Check.ok("memory", "plan", found(found))
        : Check.warn(
            "memory", "plan", found(found), "Take less heap: --spark-conf spark.driver.memory=2g");
  }

  private Check fits(boolean fits, String limit) {
    return fits
        ? Check.ok("memory", "plan", found(limit))
        : Check.fail(
            "memory",
            "plan",
            found(limit),
            "Set spark.executor.memoryOverhead to %dm at least, or lower lakehouse.embed.bytes-in-flight"
                    .formatted(mib(beyondHeap()))
                + " or lakehouse.embed.batch-size");
  }

  private String found(String limit) {
    return String.format(
        Locale.ROOT,
        "at most %d MiB, %s: heap %d, weights %d, batches %d, items in flight %d, natives about %d",
        mib(total()),
        limit,
        mib(heap),
        mib(weights),
        mib(inference),
        mib(queue),
        mib(NATIVES));
  }

  private static long mib(long bytes) {
    return (bytes + MIB - 1) / MIB;
  }
}

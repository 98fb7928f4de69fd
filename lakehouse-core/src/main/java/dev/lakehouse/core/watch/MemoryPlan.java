// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch;

import java.util.Locale;

/**
 * The memory that a JVM which embeds takes at most, part by part, in bytes.
 *
 * @param heap its limit
 * @param weights of the models, each open once
 * @param inference of all threads that run batches at once: inputs, activations, outputs
 * @param queue items that were read or decoded and are not through
 */
record MemoryPlan(long heap, long weights, long inference, long queue) {
  private static final long MIB = 1L << 20;

  /** What the JVM itself, Spark, Arrow, Lance and ONNX Runtime hold beside that, as measured. */
  private static final long NATIVES = 600 * MIB;

  long beyondHeap() {
    return weights + inference + queue + NATIVES;
  }

  private long total() {
    return heap + beyondHeap();
  }

  /** Compares with what the JVM may have. */
  Check check(Allowance allowance) {
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

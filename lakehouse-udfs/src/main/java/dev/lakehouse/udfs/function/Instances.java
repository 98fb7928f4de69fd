// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one function in this JVM: made when they are first needed, so many at most, each
 * used by one thread at a time.
 */
final class Instances implements AutoCloseable {
  private static final Set<Instances> OPEN = ConcurrentHashMap.newKeySet();

  private final FunctionSpec spec;
  private final FunctionClass type;
  private final BufferAllocator memory = new RootAllocator();

  // guarded by this
  private final Deque<Instance> free = new ArrayDeque<>();
  private final Gpus gpus;
  private int count;

  Instances(FunctionSpec spec, FunctionClass type) {
    this.spec = spec;
    this.type = type;
    this.gpus = new Gpus(spec.knobs().gpus());
    OPEN.add(this);
  }

  /** Bytes of Arrow memory that functions hold in this JVM now. */
  static long bytes() {
    return OPEN.stream().mapToLong(each -> each.memory.getAllocatedMemory()).sum();
  }

  /** Instances of all functions that are there in this JVM now. */
  static int present() {
    return OPEN.stream().mapToInt(Instances::count).sum();
  }

  private synchronized int count() {
    return count;
  }

  /** A task of this executor was given these GPUs. */
  synchronized void know(List<String> addresses) {
    gpus.know(addresses);
    notifyAll();
  }

  /** Answers a batch with an instance that is free, or with one that is made now. */
  Answer apply(RowBatch batch) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(type.type().getClassLoader());
    try {
      Place place = take();
      Instance instance = place.instance == null ? made(place.device) : place.instance;
      return new Answer(applied(instance, batch), place.instance == null);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private List<UnsafeRow> applied(Instance instance, RowBatch batch) {
    List<UnsafeRow> rows;
    try {
      rows = instance.apply(batch, memory);
    } catch (Throwable e) {
      instance.close(); // nobody knows what state it is in
      leave(instance.device());
      throw e;
    }
    giveBack(instance);
    return rows;
  }

  /** A free instance, or the device for one that may be made. */
  private record Place(@Nullable Instance instance, String device) {}

  private synchronized Place take() {
    while (true) {
      Instance instance = free.poll();
      if (instance != null) {
        return new Place(instance, instance.device());
      }
      String device = count < spec.knobs().concurrency() ? gpus.take().orElse("") : "";
      if (!device.isEmpty()) {
        count++;
        return new Place(null, device);
      }
      if (count == 0) {
        throw LakehouseException.of(
            ErrorCode.DEVICE_UNAVAILABLE,
            "No GPU for an instance of %s, which needs %s: Spark gave the tasks of this executor"
                + " %s. Set spark.executor.resource.gpu.amount and spark.task.resource.gpu.amount",
            spec.factory(),
            spec.knobs().gpus(),
            gpus);
      }
      await();
    }
  }

  private void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an instance", e);
    }
  }

  private synchronized void giveBack(Instance instance) {
    free.push(instance);
    notifyAll();
  }

  private synchronized void leave(String device) {
    count--;
    gpus.giveBack(device);
    notifyAll();
  }

  private Instance made(String device) {
    BufferAllocator own = memory.newChildAllocator("state of " + spec.factory(), 0, Long.MAX_VALUE);
    try {
      BatchContext context = new BatchContext(spec.inputSchema(), spec.options(), device, own);
      return new Instance(spec, device, open(context), own);
    } catch (Throwable e) {
      Instance.close(spec.factory(), own);
      leave(device);
      throw e;
    }
  }

  private BatchFunction open(BatchContext context) {
    BatchFunctionFactory factory = type.create();
    @Nullable BatchFunction function;
    try {
      function = factory.open(context);
    } catch (Throwable e) {
      throw LakehouseException.because(
          Retold.of(e),
          ErrorCode.FUNCTION_FAILED,
          "Function %s could not be opened on %s with options %s: %s",
          spec.factory(),
          context.device(),
          spec.options(),
          e);
    }
    if (function == null) {
      throw LakehouseException.of(
          ErrorCode.FUNCTION_FAILED,
          "Function %s opened as null; expected a BatchFunction",
          spec.factory());
    }
    return function;
  }

  /** Ends them all; called when nobody uses one. */
  @Override
  public synchronized void close() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(type.type().getClassLoader());
    try {
      free.forEach(Instance::close);
    } finally {
      thread.setContextClassLoader(before);
    }
    free.clear();
    count = 0;
    Instance.close(spec.factory(), memory);
    OPEN.remove(this);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Functions as users may write them, good ones and others. */
public final class Functions {
  static final Field LENGTH = Field.notNullable("length", new ArrowType.Int(32, true));

  private Functions() {}

  /** Declares one column and answers with the length of each text. */
  public static class Lengths implements BatchFunctionFactory {
    @Override
    public Schema output(Schema input, Map<String, String> options) {
      return new Schema(List.of(LENGTH));
    }

    @Override
    public BatchFunction open(BatchContext context) {
      return Functions::lengths;
    }
  }

  static VectorSchemaRoot lengths(VectorSchemaRoot batch, BufferAllocator allocator) {
    VarCharVector texts = (VarCharVector) batch.getVector("text");
    IntVector lengths = new IntVector("length", allocator);
    lengths.allocateNew(batch.getRowCount());
    for (int i = 0; i < batch.getRowCount(); i++) {
      lengths.set(i, texts.isNull(i) ? 0 : texts.get(i).length);
    }
    lengths.setValueCount(batch.getRowCount());
    return VectorSchemaRoot.of(lengths);
  }

  /** Remembers what was asked of it. */
  public static final class Noting extends Lengths {
    static final Queue<Integer> BATCHES = new ConcurrentLinkedQueue<>();
    static final Set<BatchFunction> OPENED = ConcurrentHashMap.newKeySet();
    static final Set<BatchFunction> CLOSED = ConcurrentHashMap.newKeySet();
    static final Queue<String> DEVICES = new ConcurrentLinkedQueue<>();
    static final AtomicInteger MEETINGS = new AtomicInteger();

    static void forget() {
      BATCHES.clear();
      OPENED.clear();
      CLOSED.clear();
      DEVICES.clear();
      MEETINGS.set(0);
    }

    @Override
    public BatchFunction open(BatchContext context) {
      DEVICES.add(context.device());
      BatchFunction function = new Instance();
      OPENED.add(function);
      return function;
    }

    private static final class Instance implements BatchFunction {
      private final AtomicInteger inside = new AtomicInteger();

      @Override
      public VectorSchemaRoot apply(VectorSchemaRoot batch, BufferAllocator allocator)
          throws InterruptedException {
        MEETINGS.addAndGet(inside.getAndIncrement());
        TimeUnit.MILLISECONDS.sleep(5); // so that others may come meanwhile
        BATCHES.add(batch.getRowCount());
        inside.decrementAndGet();
        return lengths(batch, allocator);
      }

      @Override
      public void close() {
        CLOSED.add(this);
      }
    }
  }

  /** Passes on what it was given. */
  public static final class Same implements BatchFunctionFactory {
    @Override
    public Schema output(Schema input, Map<String, String> options) {
      return input;
    }

    @Override
    public BatchFunction open(BatchContext context) {
      return (batch, allocator) ->
          VectorSchemaRoot.of(batch.getFieldVectors().toArray(FieldVector[]::new));
    }
  }

  /** Fails when it is first called, then works. */
  public static final class FirstFails extends Lengths {
    static final AtomicInteger CALLS = new AtomicInteger();
    static final AtomicInteger ROWS = new AtomicInteger();

    @Override
    public BatchFunction open(BatchContext context) {
      return (batch, allocator) -> {
        ROWS.addAndGet(batch.getRowCount());
        if (CALLS.incrementAndGet() == 1) {
          throw new IllegalStateException("the service was away");
        }
        return lengths(batch, allocator);
      };
    }
  }

  /** Takes its time. */
  public static final class Slow extends Lengths {
    static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public BatchFunction open(BatchContext context) {
      return (batch, allocator) -> {
        CALLS.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(200);
        return lengths(batch, allocator);
      };
    }
  }

  /** Does not return before it is told to, whoever interrupts it. */
  public static final class Stuck extends Lengths {
    static final CountDownLatch RELEASE = new CountDownLatch(1);

    @Override
    public BatchFunction open(BatchContext context) {
      return (batch, allocator) -> {
        while (RELEASE.getCount() > 0) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
          var unused = Thread.interrupted();
        }
        return lengths(batch, allocator);
      };
    }
  }

  /** Does what its option says, none of which it should. */
  public static final class Wrong extends Lengths {
    static final AtomicLong KEPT = new AtomicLong(); // bytes, against the rules

    @Override
    public Schema output(Schema input, Map<String, String> options) {
      return switch (options.getOrDefault("declares", "")) {
        case "nothing" -> new Schema(List.of());
        case "twice" -> new Schema(List.of(LENGTH, Field.nullable("Length", LENGTH.getType())));
        case "union" ->
            new Schema(
                List.of(
                    new Field(
                        "either",
                        FieldType.nullable(new ArrowType.Union(UnionMode.Dense, new int[] {0})),
                        List.of(LENGTH))));
        case "fixed" ->
            new Schema(
                List.of(
                    new Field(
                        "vector",
                        FieldType.nullable(new ArrowType.FixedSizeList(4)),
                        List.of(
                            Field.nullable(
                                "element",
                                new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE))))));
        case "refuses" -> throw new IllegalArgumentException("no column 'image'");
        case "kept" -> new Schema(List.of(Field.nullable("ID", LENGTH.getType())));
        default -> super.output(input, options);
      };
    }

    @Override
    public BatchFunction open(BatchContext context) {
      String does = context.options().getOrDefault("does", "");
      return switch (does) {
        case "open" -> throw new IllegalStateException("no weights at /models");
        case "keepRoot" -> new OneRoot(context);
        default -> (batch, allocator) -> wrong(does, batch, allocator);
      };
    }

    @SuppressWarnings("NullAway") // which is the point
    private static VectorSchemaRoot wrong(
        String does, VectorSchemaRoot batch, BufferAllocator allocator) {
      int rows = batch.getRowCount();
      return switch (does) {
        case "null" -> null;
        case "throw" -> throw new UnsupportedOperationException("not today");
        case "error" -> throw new StackOverflowError("too deep");
        case "leak" -> {
          KEPT.addAndGet(allocator.buffer(64).capacity());
          yield lengths(batch, allocator);
        }
        case "rows" -> {
          VectorSchemaRoot answer = lengths(batch, allocator);
          answer.setRowCount(rows - 1);
          yield answer;
        }
        case "values" -> {
          VectorSchemaRoot answer = lengths(batch, allocator);
          answer.getVector(0).setValueCount(0);
          yield answer;
        }
        case "nulls" -> {
          VectorSchemaRoot answer = lengths(batch, allocator);
          answer.getVector(0).setNull(0);
          yield answer;
        }
        case "name" -> sized(rows, new IntVector("size", allocator));
        case "type" -> sized(rows, new VarCharVector("length", allocator));
        default ->
            sized(rows, new IntVector("length", allocator), new IntVector("more", allocator));
      };
    }

    private static VectorSchemaRoot sized(int rows, FieldVector... vectors) {
      VectorSchemaRoot answer = VectorSchemaRoot.of(vectors);
      answer.allocateNew();
      answer.setRowCount(rows);
      return answer;
    }

    private static final class OneRoot implements BatchFunction {
      private final VectorSchemaRoot root;

      OneRoot(BatchContext context) {
        this.root = VectorSchemaRoot.create(new Schema(List.of(LENGTH)), context.allocator());
      }

      @Override
      public VectorSchemaRoot apply(VectorSchemaRoot batch, BufferAllocator allocator) {
        root.allocateNew();
        for (int i = 0; i < batch.getRowCount(); i++) {
          ((IntVector) root.getVector(0)).set(i, i);
        }
        root.setRowCount(batch.getRowCount());
        return root;
      }

      @Override
      public void close() {
        root.close();
      }
    }
  }

  /** Cannot be made. */
  public static final class NoConstructor extends Lengths {
    public NoConstructor(String name) {}
  }

  /** Cannot be made either. */
  public static final class BadConstructor extends Lengths {
    public BadConstructor() {
      throw new IllegalStateException("no licence");
    }
  }

  /** Can be made where a driver is, not where an executor is. */
  public static final class BadOnExecutors extends Lengths {
    static volatile boolean onExecutor;

    public BadOnExecutors() {
      if (onExecutor) {
        throw new IllegalStateException("no licence on this machine");
      }
      onExecutor = true;
    }
  }

  /** Not a factory. */
  public static final class Bare implements BatchFunction {
    @Override
    public VectorSchemaRoot apply(VectorSchemaRoot batch, BufferAllocator allocator) {
      return batch;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Squares numbers; some of them make trouble, as the test says. */
final class Numbers implements PumpSteps<Numbers.Item, Integer, String> {
  /** Trouble that an item makes. */
  enum Trouble {
    NONE,
    STORE_FAILS,
    CANNOT_BE_PREPARED,
    CANNOT_BE_INFERRED,
    HANGS_IN_PREPARE,
    HANGS_IN_INFER,
    WAITS_IN_INFER,
    HANGS_IN_FETCH
  }

  /**
   * A number.
   *
   * @param bytes that it holds
   * @param extra bytes that preparing it takes
   * @param length for sorting
   */
  record Item(int number, boolean remote, long bytes, long extra, int length, Trouble trouble) {

    Item with(Trouble other) {
      return new Item(number, remote, bytes, extra, length, other);
    }

    Item fetchable() {
      return new Item(number, true, bytes, extra, length, trouble);
    }

    Item holding(long held, long more) {
      return new Item(number, remote, held, more, length, trouble);
    }

    Item ofLength(int itsLength) {
      return new Item(number, remote, bytes, extra, itsLength, trouble);
    }
  }

  /** Opens what hangs. */
  final CountDownLatch release = new CountDownLatch(1);

  /** Numbers of each batch that ran, in order. */
  final Queue<List<Integer>> batches = new ConcurrentLinkedQueue<>();

  /** Items being prepared now, and at most. */
  final AtomicLong preparing = new AtomicLong();

  final AtomicLong mostPreparing = new AtomicLong();

  /** Milliseconds that a batch takes. */
  volatile int pace;

  private final int largestBatch;
  private final Map<Integer, Item> items = new ConcurrentHashMap<>();

  Numbers() {
    this(Integer.MAX_VALUE);
  }

  /** A device that has memory for so many items at once. */
  Numbers(int largestBatch) {
    this.largestBatch = largestBatch;
  }

  static Item item(int number) {
    return new Item(number, false, 10, 10, 1, Trouble.NONE);
  }

  static List<Item> items(int count) {
    return IntStream.range(0, count).mapToObj(Numbers::item).toList();
  }

  static String square(int number) {
    return String.valueOf(number * number);
  }

  @Override
  public boolean isRemote(Item item) {
    return item.remote();
  }

  @Override
  public Item fetch(Item item) throws InterruptedException {
    if (item.trouble() == Trouble.STORE_FAILS) {
      throw LakehouseException.of(ErrorCode.TRANSIENT, "Cannot read blob %d", item.number());
    }
    if (item.trouble() == Trouble.HANGS_IN_FETCH) {
      release.await();
    }
    return item;
  }

  @Override
  public long bytes(Item item) {
    return item.bytes();
  }

  @Override
  public long bytesToPrepare(Item item) {
    return item.extra();
  }

  @Override
  public Integer prepare(Item item) {
    mostPreparing.accumulateAndGet(preparing.incrementAndGet(), Math::max);
    try {
      if (item.trouble() == Trouble.HANGS_IN_PREPARE) {
        hang();
      }
      if (item.trouble() == Trouble.CANNOT_BE_PREPARED) {
        throw new IllegalArgumentException("damaged " + item.number());
      }
      items.put(item.number(), item);
      return item.number();
    } finally {
      preparing.decrementAndGet();
    }
  }

  /** As native code does, whoever interrupts it. */
  private void hang() {
    while (release.getCount() > 0) {
      try {
        var unused = release.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        continue;
      }
    }
  }

  @Override
  public long preparedBytes(Integer number) {
    return items.get(number).bytes();
  }

  @Override
  public int length(Integer number) {
    return items.get(number).length();
  }

  @Override
  public List<String> infer(List<Integer> batch) throws InterruptedException {
    if (batch.size() > largestBatch) {
      throw new OutOfMemoryError("the device has no memory for " + batch.size());
    }
    for (int number : batch) {
      if (items.get(number).trouble() == Trouble.CANNOT_BE_INFERRED) {
        throw new IllegalArgumentException("the device refuses " + number);
      }
      if (items.get(number).trouble() == Trouble.WAITS_IN_INFER) {
        release.await();
      }
      if (items.get(number).trouble() == Trouble.HANGS_IN_INFER) {
        hang();
      }
    }
    if (pace > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pace));
    }
    batches.add(List.copyOf(batch));
    return batch.stream().map(Numbers::square).toList();
  }

  @Override
  public String failed(Throwable cause) throws Exception {
    if (cause instanceof IllegalArgumentException || cause instanceof TimeoutException) {
      return cause.getMessage();
    }
    if (cause instanceof OutOfMemoryError) {
      return "out of memory";
    }
    throw (Exception) cause;
  }
}

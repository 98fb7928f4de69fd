// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestWarmPool {
  private final WarmPool<String, Thing> pool = new WarmPool<>(Thing::size, 100);
  private final AtomicInteger loads = new AtomicInteger();

  /** Something with a size that knows whether it was closed. */
  private static final class Thing implements AutoCloseable {
    private final long size;
    private volatile boolean closed;

    Thing(long size) {
      this.size = size;
    }

    long size() {
      return size;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void eightThreadsLoadOnce() throws Exception {
    CyclicBarrier start = new CyclicBarrier(8);
    List<Callable<Thing>> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tasks.add(
          () -> {
            start.await();
            try (Lease<Thing> lease = lease("a", 10)) {
              return lease.value();
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Thing> seen = new ArrayList<>();
      for (Future<Thing> future : threads.invokeAll(tasks)) {
        seen.add(future.get());
      }
      assertThat(seen).hasSize(8).containsOnly(seen.get(0));
    } finally {
      threads.shutdown();
    }
    assertThat(loads).hasValue(1);
    assertThat(pool.leases()).isZero();
  }

  @Test
  void aFailedLoadIsTriedAgain() {
    assertThatThrownBy(
            () ->
                pool.lease(
                    "a",
                    () -> {
                      throw new IllegalStateException("the store is away");
                    }))
        .hasMessage("the store is away");
    assertThat(pool.leases()).isZero();
    assertThat(pool.size()).isZero();

    try (Lease<Thing> lease = lease("a", 10)) {
      assertThat(lease.value().closed).isFalse();
    }
  }

  @Test
  void theLeastRecentlyUsedGoesFirst() {
    Thing a = use("a", 40);
    Thing b = use("b", 40);
    use("a", 40);
    Thing c = use("c", 40);

    assertThat(b.closed).isTrue();
    assertThat(a.closed).isFalse();
    assertThat(c.closed).isFalse();
    assertThat(loads).hasValue(3);
  }

  @Test
  void whatIsLeasedStaysEvenAboveTheBudget() {
    try (Lease<Thing> a = lease("a", 90);
        Lease<Thing> b = lease("b", 90)) {
      assertThat(a.value().closed).isFalse();
      assertThat(b.value().closed).isFalse();
      assertThat(pool.size()).isEqualTo(2);
    }
    assertThat(pool.size()).isEqualTo(1);
  }

  @Test
  void aSmallerBudgetTakesEffectAtOnce() {
    Thing a = use("a", 40);

    pool.limit(0);

    assertThat(a.closed).isTrue();
  }

  @Test
  void whatNobodyLeasedForSoLongIsClosed() {
    Thing idle = use("a", 10);
    try (Lease<Thing> leased = lease("b", 10)) {
      pool.closeIdle(Duration.ofMinutes(1));
      assertThat(idle.closed).isFalse();

      pool.closeIdle(Duration.ZERO);
      assertThat(idle.closed).isTrue();
      assertThat(leased.value().closed).isFalse();
    }
    assertThat(pool.size()).isEqualTo(1);
  }

  @Test
  void closingTwiceReturnsOneLease() {
    Lease<Thing> first = lease("a", 10);
    Lease<Thing> second = lease("a", 10);
    first.close();
    first.close();

    assertThat(pool.leases()).isEqualTo(1);
    assertThatThrownBy(first::value).hasMessage("The lease of a is closed");
    second.close();
  }

  private Thing use(String key, long size) {
    try (Lease<Thing> lease = lease(key, size)) {
      return lease.value();
    }
  }

  private Lease<Thing> lease(String key, long size) {
    return pool.lease(
        key,
        () -> {
          loads.incrementAndGet();
          return new Thing(size);
        });
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps expensive things warm for the life of the JVM and lends them out.
 *
 * <p>Each is loaded once, by whoever needs it first, while others that need it wait. A load that
 * fails fails the one that tried, with its reason; the next one tries again. When everything
 * together is above the budget, the least recently used that nobody leases is closed.
 *
 * @param <K> what tells them apart
 * @param <V> what is kept
 */
public final class WarmPool<K, V extends AutoCloseable> {
  private final ToLongFunction<V> size;
  private final Map<K, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
  private long budget;

  /**
   * @param size about how many bytes one holds
   * @param budget bytes to stay below
   */
  public WarmPool(ToLongFunction<V> size, long budget) {
    this.size = size;
    this.budget = budget;
  }

  /** Changes the budget; what is leased stays even above it. */
  public void limit(long bytes) {
    synchronized (slots) {
      budget = bytes;
    }
    evict();
  }

  /** Lends what the key names, loading it where it is not warm. */
  public Lease<V> lease(K key, Supplier<V> load) {
    Slot slot;
    synchronized (slots) {
      slot = slots.computeIfAbsent(key, Slot::new);
      slot.leases++; // before loading, so that nobody evicts it meanwhile
    }
    try {
      Loan loan = new Loan(slot, slot.load(load));
      evict();
      return loan;
    } catch (RuntimeException | Error e) {
      giveBack(slot);
      throw e;
    }
  }

  /** Closes what the key names, unless somebody leases it. */
  public void close(K key) {
    V cold = null;
    synchronized (slots) {
      Slot slot = slots.get(key);
      if (slot != null && slot.leases == 0 && slot.value != null) {
        slots.remove(key);
        cold = slot.value;
      }
    }
    if (cold != null) {
      close(cold);
    }
  }

  /** How many leases are open. */
  public int leases() {
    synchronized (slots) {
      return slots.values().stream().mapToInt(slot -> slot.leases).sum();
    }
  }

  /** About how many bytes everything warm holds. */
  public long bytes() {
    synchronized (slots) {
      return slots.values().stream().mapToLong(slot -> slot.bytes).sum();
    }
  }

  /** How many things are warm. */
  public int size() {
    synchronized (slots) {
      return (int) slots.values().stream().filter(slot -> slot.value != null).count();
    }
  }

  /** Closes what nobody has leased for so long. */
  public void closeIdle(Duration atLeast) {
    long now = System.nanoTime();
    List<V> idle = new ArrayList<>();
    synchronized (slots) {
      for (Iterator<Slot> all = slots.values().iterator(); all.hasNext(); ) {
        Slot slot = all.next();
        V value = slot.value;
        if (slot.leases == 0 && value != null && now - slot.idleSince >= atLeast.toNanos()) {
          all.remove();
          idle.add(value);
        }
      }
    }
    idle.forEach(WarmPool::close);
  }

  private void giveBack(Slot slot) {
    synchronized (slots) {
      slot.leases--;
      slot.idleSince = System.nanoTime();
      if (slot.leases == 0 && slot.value == null) {
        slots.remove(slot.key, slot);
      }
    }
    evict();
  }

  private void evict() {
    coldest().forEach(WarmPool::close);
  }

  private static void close(AutoCloseable cold) {
    try {
      cold.close();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot close " + cold, e);
    }
  }

  private List<V> coldest() {
    List<V> cold = new ArrayList<>();
    synchronized (slots) {
      long held = slots.values().stream().mapToLong(slot -> slot.bytes).sum();
      for (Iterator<Slot> all = slots.values().iterator(); all.hasNext() && held > budget; ) {
        Slot slot = all.next();
        V value = slot.value;
        if (slot.leases == 0 && value != null) {
          all.remove();
          held -= slot.bytes;
          cold.add(value);
        }
      }
    }
    return cold;
  }

  private final class Slot {
    private final K key;
    private final Object loading = new Object();
    private @Nullable V value; // written under loading and slots
    private int leases; // under slots
    private long bytes; // under slots
    private long idleSince; // under slots; means something while nobody leases

    Slot(K key) {
      this.key = key;
    }

    V load(Supplier<V> load) {
      synchronized (loading) {
        V warm = value;
        if (warm == null) {
          warm = load.get();
          synchronized (slots) {
            value = warm;
            bytes = size.applyAsLong(warm);
          }
        }
        return warm;
      }
    }
  }

  private final class Loan implements Lease<V> {
    private final Slot slot;
    private final V value;
    private final AtomicBoolean closed = new AtomicBoolean();

    Loan(Slot slot, V value) {
      this.slot = slot;
      this.value = value;
    }

    @Override
    public V value() {
      if (closed.get()) {
        throw new IllegalStateException("The lease of %s is closed".formatted(slot.key));
      }
      return value;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        giveBack(slot);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Keeps what was asked for last, up to a weight; threads may share one.
 *
 * @param <K> what it is known by
 * @param <V> what is kept
 */
final class BoundedCache<K, V> {
  private final long most;
  private final ToLongFunction<V> weight;
  private final Consumer<V> dropped;
  private final Map<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long weighs;
  private long hits;
  private long misses;

  /**
   * A cache that forgets.
   *
   * @param most weight of all that is kept
   * @param weight of one
   */
  BoundedCache(long most, ToLongFunction<V> weight) {
    this(most, weight, value -> {});
  }

  /**
   * A cache of what has to be closed.
   *
   * @param dropped is given what is not kept any more
   */
  BoundedCache(long most, ToLongFunction<V> weight, Consumer<V> dropped) {
    this.most = most;
    this.weight = weight;
    this.dropped = dropped;
  }

  /** What is kept under a key; counted. */
  synchronized Optional<V> find(K key) {
    Optional<V> found = Optional.ofNullable(kept.get(key));
    if (found.isPresent()) {
      hits++;
    } else {
      misses++;
    }
    return found;
  }

  /** Keeps something, unless it alone weighs too much. */
  synchronized void put(K key, V value) {
    remove(key);
    if (weight.applyAsLong(value) > most) {
      dropped.accept(value);
      return;
    }
    kept.put(key, value);
    weighs += weight.applyAsLong(value);
    for (Iterator<V> oldest = kept.values().iterator(); weighs > most; ) {
      V first = oldest.next();
      oldest.remove();
      drop(first);
    }
  }

  private void remove(K key) {
    Optional.ofNullable(kept.remove(key)).ifPresent(this::drop);
  }

  private void drop(V value) {
    weighs -= weight.applyAsLong(value);
    dropped.accept(value);
  }

  /** Forgets all. */
  synchronized void clear() {
    kept.values().forEach(dropped);
    kept.clear();
    weighs = 0;
  }

  /** Forgets something. */
  synchronized void forget(K key) {
    remove(key);
  }

  /** What all that is kept weighs. */
  synchronized long weighs() {
    return weighs;
  }

  /** How often something was there. */
  synchronized long hits() {
    return hits;
  }

  /** How often nothing was there. */
  synchronized long misses() {
    return misses;
  }
}

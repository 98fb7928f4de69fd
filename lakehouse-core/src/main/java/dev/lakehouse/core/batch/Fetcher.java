// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.util.ArrayList;
import java.util.List;

/** A thread of a pump that waits for storage. */
final class Fetcher<I, P, O> implements Runnable {
  private final Line<I, P, O> line;

  private Fetcher(Line<I, P, O> line) {
    this.line = line;
  }

  /** The fetchers of a pump. */
  static <I, P, O> List<Fetcher<I, P, O>> all(Line<I, P, O> line, PumpThreads threads) {
    List<Fetcher<I, P, O>> all = new ArrayList<>();
    for (int i = 0; i < threads.fetchers(); i++) {
      all.add(new Fetcher<>(line));
    }
    return all;
  }

  @Override
  public void run() {
    for (Runnable chore = line.nextFetch(); chore != null; chore = line.nextFetch()) {
      chore.run();
    }
  }

  @Override
  public String toString() {
    return "fetch";
  }
}

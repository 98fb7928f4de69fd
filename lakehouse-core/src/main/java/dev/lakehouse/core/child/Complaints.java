// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** The last lines that a child wrote beside its answer; a flood of them takes no memory. */
final class Complaints {
  private static final int LINES = 20;
  private static final int LONGEST = 500;

  private final Consumer<String> listener;
  private final Deque<String> last = new ArrayDeque<>();
  private volatile long heardNanos = System.nanoTime();

  Complaints(Consumer<String> listener) {
    this.listener = listener;
  }

  /** Reads lines to their end; of one without an end only the beginning is kept. */
  void read(BufferedReader lines) throws IOException {
    StringBuilder line = new StringBuilder();
    int read;
    while ((read = lines.read()) >= 0) {
      if (read == '\n' || read == '\r') {
        add(line.toString());
        line.setLength(0);
      } else if (line.length() < LONGEST) {
        line.append((char) read);
      }
    }
    add(line.toString());
  }

  void add(String line) {
    heardNanos = System.nanoTime();
    if (line.isBlank()) {
      return;
    }
    listener.accept(line);
    synchronized (last) {
      last.addLast(line.strip());
      if (last.size() > LINES) {
        last.removeFirst();
      }
    }
  }

  String last() {
    synchronized (last) {
      return String.join("; ", last);
    }
  }

  long silentNanos(long nowNanos) {
    return Math.max(0, nowNanos - heardNanos);
  }
}

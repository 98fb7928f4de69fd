// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/** Reads what a child complains of, so that it never waits for a reader, and keeps its end. */
final class ServingChildOutput {
  private static final int KEPT = 2048;

  private final byte[] ring = new byte[KEPT];
  private long seen;

  /** Begins to read; ends when the child does. */
  static ServingChildOutput drain(InputStream complaints, String name) {
    ServingChildOutput output = new ServingChildOutput();
    Thread thread = new Thread(() -> output.readAll(complaints), name);
    thread.setDaemon(true);
    thread.start();
    return output;
  }

  private void readAll(InputStream complaints) {
    byte[] buffer = new byte[8192];
    try (complaints) {
      for (int read = complaints.read(buffer); read >= 0; read = complaints.read(buffer)) {
        keep(buffer, read);
      }
    } catch (IOException e) {
      keep("(unreadable)".getBytes(UTF_8), 12);
    }
  }

  private synchronized void keep(byte[] buffer, int length) {
    for (int i = Math.max(0, length - KEPT); i < length; i++) {
      ring[(int) (seen++ % KEPT)] = buffer[i];
    }
  }

  /** The end of it. */
  synchronized String tail() {
    int length = (int) Math.min(seen, KEPT);
    byte[] tail = new byte[length];
    for (int i = 0; i < length; i++) {
      tail[i] = ring[(int) ((seen - length + i) % KEPT)];
    }
    return new String(tail, UTF_8).strip();
  }
}

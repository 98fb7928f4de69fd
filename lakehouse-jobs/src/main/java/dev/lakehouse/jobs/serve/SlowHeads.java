// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConnection;

/**
 * Cuts who begins to ask and does not come to an end: a byte now and then keeps a connection from
 * being idle for ever. Bodies and answers have a least rate, which Jetty sees to.
 */
final class SlowHeads implements Connection.Listener {
  private final Map<HttpConnection, Seen> open = new ConcurrentHashMap<>();
  private final long patience; // nanoseconds

  /** Requests and bytes that a connection had brought when it was last seen to be at rest. */
  private record Seen(long messages, long bytes, long since) {}

  SlowHeads(Duration patience) {
    this.patience = patience.toNanos();
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection http) {
      open.put(http, new Seen(0, 0, System.nanoTime()));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (connection instanceof HttpConnection http) {
      open.remove(http);
    }
  }

  /** Looks at all connections; to be called every second or so. */
  void look() {
    long now = System.nanoTime();
    open.forEach(
        (connection, seen) -> {
          long messages = connection.getMessagesIn();
          long bytes = connection.getBytesIn();
          boolean idle = connection.getHttpChannel().getState().isIdle();
          if (!idle || messages != seen.messages() || bytes == seen.bytes()) {
            open.replace(connection, seen, new Seen(messages, bytes, now));
          } else if (now - seen.since() > patience) {
            connection.getEndPoint().close();
          }
        });
  }

  int count() {
    return open.size();
  }
}

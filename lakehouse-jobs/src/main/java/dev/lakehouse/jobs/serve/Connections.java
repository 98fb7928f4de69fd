// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinLogger;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * How programs may connect: how many, how slowly, with how much.
 *
 * @param slow knows connections whose heads never come
 */
record Connections(ServiceOptions options, SlowHeads slow) {
  /** Threads that read, answer and write. */
  static final int THREADS = 200;

  private static final int HEADER_BYTES = 16 << 10;
  private static final int LEAST_RATE = 256; // bytes a second of a body that is sent or taken

  /** Tells Javalin and Jetty. */
  void configure(JavalinConfig config) {
    JavalinLogger.startupInfo = false;
    config.showJavalinBanner = false;
    config.startupWatcherEnabled = false;
    config.useVirtualThreads = false;
    config.http.prefer405over404 = true;
    config.http.disableCompression();
    config.jetty.threadPool = threads();
    config.jetty.modifyHttpConfiguration(this::configure);
    config.jetty.addConnector(this::connector);
    config.jetty.modifyServer(
        server -> {
          server.addBean(new ConnectionLimit(options.limits().connections(), server));
          server.setErrorHandler(new MalformedRequests());
        });
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 8, 60_000);
    threads.setName("lakehouse-http");
    threads.setDaemon(true);
    return threads;
  }

  private void configure(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setDelayDispatchUntilContent(false); // what is too large is told before it comes
    http.setMinRequestDataRate(LEAST_RATE);
    http.setMinResponseDataRate(LEAST_RATE);
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setIdleTimeout(options.limits().idle().toMillis());
    connector.setShutdownIdleTimeout(Math.max(1, options.limits().drain().toMillis()));
    connector.addBean(slow);
    return connector;
  }
}

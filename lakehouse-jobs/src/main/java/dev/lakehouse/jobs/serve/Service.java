// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeMemory;
import dev.lakehouse.core.serve.AnswerCache;
import dev.lakehouse.core.serve.ContentFiles;
import dev.lakehouse.core.serve.CurrentRelease;
import dev.lakehouse.core.serve.Previews;
import dev.lakehouse.core.serve.Review;
import dev.lakehouse.jobs.lake.Run;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * Answers over HTTP from the release of a lake that is current, until it is closed. It takes up new
 * releases by itself.
 */
public final class Service implements AutoCloseable {
  private final ServiceOptions options;
  private final CurrentRelease current;
  private final Workers workers;
  private final Bodies bodies;
  private final Gate gate;
  private final ContentFiles files;
  private final Previews previews;
  private final Review review;
  private final AnswerCache cache;
  private final Readiness readiness;
  private final Metrics metrics = new Metrics();
  private final AccessLog log;
  private final Consumer<String> news;
  private final SlowHeads slow;
  private final List<Route> routes;
  private final ScheduledExecutorService clock = clock();
  private final Javalin javalin;

  private Service(
      ServiceOptions options,
      CurrentRelease current,
      Review review,
      Contents contents,
      Limits limits,
      Consumer<String> accessLog,
      Consumer<String> news) {
    ServiceLimits most = options.limits();
    this.options = options;
    this.current = current;
    this.workers = new Workers(most.workers(), most.queue(), most.deadline());
    this.bodies = new Bodies(most.maxBody(), most.bodies());
    this.gate = new Gate(options.host(), options.token());
    this.files = new ContentFiles(contents);
    this.previews = new Previews(contents, limits);
    this.review = review;
    this.cache = new AnswerCache(most.cache());
    this.readiness = new Readiness(current, cache, news);
    this.log = new AccessLog(accessLog);
    this.news = news;
    this.slow = new SlowHeads(most.idle());
    this.routes = routes();
    this.javalin = Javalin.create(new Connections(options, slow)::configure);
    declareFigures();
    declareRoutes();
  }

  private static ScheduledExecutorService clock() {
    return Executors.newSingleThreadScheduledExecutor(
        work -> {
          Thread thread = new Thread(work, "lakehouse-serve-clock");
          thread.setDaemon(true);
          return thread;
        });
  }

  private List<Route> routes() {
    ContentAnswer contents = new ContentAnswer(files);
    return Routes.of(
        new SearchAnswers(current, workers, cache, bodies, options.queries()),
        new AssetAnswers(current, workers, contents, previews),
        new ServiceAnswers(
            current, workers, gate, bodies, metrics, readiness::obstacle, this::allRoutes),
        Optional.of(new ReviewAnswers(review, workers, gate, bodies, contents, previews))
            .filter(answers -> options.reviewing() == ServiceOptions.Reviewing.ALLOWED),
        new Page(options.reviewing()));
  }

  private List<Route> allRoutes() {
    return routes;
  }

  private void declareRoutes() {
    for (Route route : routes) {
      declare(route, route.method());
      if (route.method() == HandlerType.GET) {
        declare(route, HandlerType.HEAD); // Jetty keeps the body back
      }
    }
    javalin.error(404, context -> unrouted(context, 404, "There is nothing at this address"));
    javalin.error(405, context -> unrouted(context, 405, "This address is not asked so"));
  }

  private void declare(Route route, HandlerType method) {
    javalin.addHttpHandler(method, route.path(), context -> answer(route, context));
  }

  /**
   * A service that listens when this returns; what it needs of the release is opened meanwhile or
   * later, which {@code /ready} tells.
   *
   * @param hadoop settings of the storage
   * @param accessLog is given a line of JSON for each request
   * @param news is given a line for people now and then
   * @throws LakehouseException CONFIG_INVALID if the port is taken
   */
  public static Service start(
      LakeLayout layout,
      Settings settings,
      ModelsRoot models,
      Map<String, String> hadoop,
      ServiceOptions options,
      Consumer<String> accessLog,
      Consumer<String> news) {
    Configuration configuration = HadoopSettings.configuration(hadoop);
    Settings effective =
        settings.orElse(LakeMemory.of(layout, configuration).now().settings(), Settings.KEPT);
    WarmEncoders.limit(effective.integer(Setting.MODELS_WARM_BYTES));
    Service service =
        new Service(
            options,
            new CurrentRelease(layout, effective, models, configuration),
            new Review(layout, configuration, Clock.systemUTC(), run()),
            new Contents(
                BlobStores.at(layout.blobsUri(), hadoop),
                hadoop,
                effective.integer(Setting.MAX_BYTES)),
            Limits.from(effective),
            accessLog,
            news);
    service.listen();
    return service;
  }

  private static String run() {
    return Run.start(Clock.systemUTC()).id();
  }

  private void listen() {
    try {
      javalin.start();
    } catch (JavalinBindException e) {
      close();
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot listen on %s:%d: %s. Give another port with --port, or 0 for any that is free",
          options.host(),
          options.port(),
          reason(e));
    }
    var unused =
        clock.scheduleWithFixedDelay(
            readiness::look, 0, options.limits().lookEvery().toMillis(), TimeUnit.MILLISECONDS);
    var unusedToo = clock.scheduleWithFixedDelay(slow::look, 1, 1, TimeUnit.SECONDS);
  }

  private static String reason(JavalinBindException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String words = Hindrance.words(cause);
    return words.contains("in use") ? "the port is taken by another program" : words;
  }

  private void answer(Route route, Context context) {
    long start = System.nanoTime();
    Exchange exchange = begin(context);
    metrics.begin();
    try {
      if (route.access() != Route.Access.OPEN) {
        gate.require(exchange);
      }
      if (route.access() == Route.Access.RELEASED) {
        readiness.require();
      }
      route.answering().answer(exchange);
    } catch (Exception | LinkageError e) {
      fail(exchange, e);
    } finally {
      end(exchange, route.id(), start);
    }
  }

  private static Exchange begin(Context context) {
    Exchange exchange = new Exchange(context, Trace.of(context.header("traceparent")));
    context.header("traceparent", exchange.trace().header());
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cache-Control", "no-store");
    return exchange;
  }

  private void fail(Exchange exchange, Throwable thrown) {
    Context context = exchange.context();
    if (context.res().isCommitted()) {
      exchange.abort(thrown);
      return;
    }
    Problem problem = Problem.of(thrown);
    noted(problem).ifPresent(words -> exchange.note("problem", words));
    if (problem.status() == 500) {
      news.accept(problem.detail());
    }
    context.res().setContentLengthLong(-1);
    exchange.answer(problem);
  }

  /** What is said of a question that makes no sense often quotes it. */
  private Optional<String> noted(Problem problem) {
    if (!problem.code().isEmpty()) {
      return Optional.of(problem.code());
    }
    boolean isHidden =
        problem.status() == 400 && options.queries() == ServiceOptions.QueryLog.HIDDEN;
    return isHidden ? Optional.empty() : Optional.of(problem.detail());
  }

  private void end(Exchange exchange, String route, long start) {
    exchange.end();
    long nanos = System.nanoTime() - start;
    int status = exchange.context().statusCode();
    metrics.end(route, status, nanos);
    log.add(exchange, status, nanos);
  }

  private void unrouted(Context context, int status, String sentence) {
    if (Problem.TYPE.equals(context.res().getContentType())) {
      return; // a route said so
    }
    Exchange exchange = begin(context);
    metrics.begin();
    exchange.answer(new Problem(status, "", sentence + ". /openapi.json tells what can be asked"));
    end(exchange, "none", System.nanoTime());
  }

  private void declareFigures() {
    metrics.gauge("lakehouse_release_sequence", "release that answers; 0 without", this::sequence);
    metrics.gauge("lakehouse_connections", "connections that are open", slow::count);
    metrics.gauge("lakehouse_work_active", "requests that are worked on", workers::active);
    metrics.gauge("lakehouse_work_waiting", "requests that wait for that", workers::waiting);
    metrics.gauge("lakehouse_body_bytes", "bytes of bodies that are held", bodies::bytes);
    metrics.gauge("lakehouse_cache_bytes", "bytes of answers that are kept", cache::bytes);
    metrics.gauge("lakehouse_model_bytes", "bytes of warm models", WarmEncoders::bytes);
    metrics.gauge("lakehouse_heap_bytes", "bytes of the heap in use", Service::heap);
    metrics.counter("lakehouse_cache_hits_total", "answers that were kept", cache::hits);
    metrics.counter("lakehouse_cache_misses_total", "answers that were not kept", cache::misses);
  }

  private long sequence() {
    return current.sequence().orElse(0L);
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** The port that it listens on. */
  public int port() {
    return javalin.port();
  }

  /** Requests that were answered so far, refused ones too. */
  public long answered() {
    return metrics.answered();
  }

  /** Takes no new requests, and waits for those that are under way, as long as options say. */
  public void drain() {
    readiness.end();
    for (var connector : javalin.jettyServer().server().getConnectors()) {
      var unused = connector.shutdown();
    }
    long until = System.nanoTime() + options.limits().drain().toNanos();
    while (metrics.underWay() > 0 && System.nanoTime() < until) {
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends at once what was not drained. */
  @Override
  public void close() {
    readiness.end();
    clock.shutdownNow();
    javalin.stop();
    workers.close();
    current.close();
    files.close();
  }
}

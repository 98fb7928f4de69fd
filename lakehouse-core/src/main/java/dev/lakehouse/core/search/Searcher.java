// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.filter.Filter;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries from the release that was current at the first of them, by the calibrations that
 * were in force then, until it is closed. Threads may share one.
 */
public final class Searcher implements AutoCloseable {
  private final LakeLayout layout;
  private final Configuration hadoop;
  private final QueryEncoders encoders;
  private final Map<String, IndexReader> indexes = new HashMap<>();
  private final Queue<Thread> warming = new ConcurrentLinkedQueue<>();
  private @Nullable Release release;
  private @Nullable Map<String, Calibration> calibrations;

  private Searcher(
      LakeLayout layout, Configuration hadoop, QueryEncoders encoders, Optional<Release> release) {
    this.layout = layout;
    this.hadoop = hadoop;
    this.encoders = encoders;
    this.release = release.orElse(null);
  }

  /** A searcher of a lake; looks at nothing before the first query. */
  public static Searcher of(
      LakeLayout layout, Settings settings, ModelsRoot models, Configuration hadoop) {
    return new Searcher(
        layout, hadoop, new QueryEncoders(settings, models, QueryWork.alone()), Optional.empty());
  }

  /**
   * A searcher of one release, whichever is current, for as many threads as there are: their
   * queries go through a model together.
   */
  public static Searcher serving(
      LakeLayout layout,
      Settings settings,
      ModelsRoot models,
      Configuration hadoop,
      Release release) {
    return new Searcher(
        layout,
        hadoop,
        new QueryEncoders(settings, models, new PumpedQueries(settings)),
        Optional.of(release));
  }

  /**
   * The assets nearest to a query, each by its best segment.
   *
   * @throws LakehouseException if there is no lake, no release, no such family in it, or not the
   *     model whose vectors the index holds
   */
  public SearchResult search(SearchQuery query) {
    return ask(request(query.input(), query.k(), query.where()).ofFamily(query.family())).get(0);
  }

  /**
   * The answers of every family of the release that can take such a query, each apart, since their
   * scores do not compare.
   *
   * @throws LakehouseException as {@link #search}; CONFIG_INVALID if there is no such family
   */
  public List<SearchResult> searchAll(EmbedInput input, int k, Optional<String> where) {
    return ask(request(input, k, SearchQuery.filter(where)));
  }

  private static SearchRequest request(EmbedInput input, int k, Optional<Filter> where) {
    SearchRequest request = SearchRequest.of(new Sought.Content(input)).page(0, k);
    return where.map(request::where).orElse(request);
  }

  /**
   * The answers to a question: one of each family that can answer, or one of all together where the
   * question says so.
   *
   * @throws LakehouseException if there is no lake, no release, no such family in it, none that can
   *     answer, or not the model whose vectors an index holds
   */
  public List<SearchResult> ask(SearchRequest request) {
    if (request.mode() != SearchMode.WORDS && request.sought() instanceof Sought.Content content) {
      warmUp(request.family(), content.input().kind());
    }
    return answers(request).all();
  }

  /**
   * Why the answers to a question are what they are, one explanation for each.
   *
   * @param results what {@link #ask} answered to the same question
   */
  public List<Explanation> explain(SearchRequest request, List<SearchResult> results) {
    Explainer explainer = new Explainer(release(), this::index, request);
    return results.stream().map(explainer::of).toList();
  }

  private Answers answers(SearchRequest request) {
    Release current = release();
    if (current.families().isEmpty()) {
      throw noFamilies(current);
    }
    return new Answers(current, encoders, this::index, calibrations(), request);
  }

  private synchronized Map<String, Calibration> calibrations() {
    if (calibrations == null) {
      calibrations = Calibrations.of(layout, hadoop).now();
    }
    return calibrations;
  }

  /**
   * The vector of a query in the space of a family.
   *
   * @throws LakehouseException as {@link #search}
   */
  public QueryVector embed(String family, EmbedInput input) {
    SearchRequest request = request(input, 1, Optional.empty()).ofFamily(family);
    return answers(request).vector();
  }

  /**
   * Opens every index of the release and looks into it, and loads a network of every family: that
   * which takes words, where there is one.
   *
   * @throws LakehouseException as {@link #search}, or if an index cannot be read
   */
  public void warm() {
    for (Family family : release().families()) {
      float[] any = new float[family.dim()];
      any[0] = 1;
      Sought somewhere = new Sought.Vector(any, family.encoder());
      List<SearchResult> unused =
          ask(SearchRequest.of(somewhere).ofFamily(family.name()).page(0, 1));
      encoders.warm(family);
    }
  }

  /** The model takes longest to come, and can be guessed before the release is known. */
  private void warmUp(Optional<String> family, String tower) {
    synchronized (this) {
      if (release != null) {
        return;
      }
    }
    Thread warmUp = new Thread(() -> encoders.warmUp(family, tower), "lakehouse-search-warm-up");
    warmUp.setDaemon(true);
    warming.add(warmUp);
    warmUp.start();
  }

  /**
   * The release that answers.
   *
   * @throws LakehouseException if there is no lake, or no release in it
   */
  private synchronized Release release() {
    if (release == null) {
      release =
          ReleaseReader.current(layout, hadoop)
              .orElseThrow(() -> LakehouseException.nothingReleased(layout.root()));
    }
    return release;
  }

  private LakehouseException noFamilies(Release release) {
    String gap =
        ReleaseReader.unsearchable(layout, release, hadoop)
            .orElse("nothing is published, no family can search it");
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID, "Nothing to search in release %d: %s", release.sequence(), gap);
  }

  private synchronized IndexReader index(Family family) {
    return indexes.computeIfAbsent(
        family.name(),
        name ->
            IndexReader.open(IndexPlace.of(layout, family.path(), hadoop), family.lanceVersion()));
  }

  @Override
  public void close() {
    synchronized (this) {
      indexes.values().forEach(IndexReader::close);
      indexes.clear();
    }
    awaitModels();
    encoders.close();
  }

  /**
   * Nobody loads natives any more when this is closed: what is half loaded crashes the JVM's end.
   */
  private void awaitModels() {
    boolean interrupted = false;
    for (Thread thread = warming.peek(); thread != null; thread = warming.peek()) {
      try {
        thread.join();
        warming.remove(thread);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

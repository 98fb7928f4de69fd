// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries from the release that was current at the first of them, until it is closed.
 * Threads may share one.
 */
public final class Searcher implements AutoCloseable {
  private static final int MAX_SEGMENTS = 10_000;

  private final LakeLayout layout;
  private final Configuration hadoop;
  private final QueryEncoders encoders;
  private final Map<String, IndexReader> indexes = new HashMap<>();
  private final Queue<Thread> warming = new ConcurrentLinkedQueue<>();
  private @Nullable Release release;

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
    warmUp(Optional.of(query.family()), query.tower());
    return answer(query);
  }

  /**
   * The answers of every family of the release that can take such a query, each apart, since their
   * scores do not compare.
   *
   * @throws LakehouseException as {@link #search}; CONFIG_INVALID if there is no such family
   */
  public List<SearchResult> searchAll(EmbedInput input, int k, Optional<String> where) {
    Optional<Filter> filter = SearchQuery.filter(where);
    String tower = SearchQuery.require(input, k);
    warmUp(Optional.empty(), tower);
    Release current = release();
    if (current.families().isEmpty()) {
      throw noFamilies(current);
    }
    List<Family> able =
        current.families().stream()
            .filter(family -> encoders.asked(family).contains(tower))
            .toList();
    if (able.isEmpty()) {
      throw noneAble(current, tower);
    }
    return able.stream()
        .map(family -> answer(new SearchQuery(family.name(), input, k, filter)))
        .toList();
  }

  /**
   * The vector of a query in the space of a family.
   *
   * @throws LakehouseException as {@link #search}
   */
  public QueryVector embed(String family, EmbedInput input) {
    SearchQuery query = new SearchQuery(family, input, 1, Optional.empty());
    Release current = release();
    Family asked = family(current, query);
    return new QueryVector(
        current.id(),
        current.sequence(),
        asked.name(),
        asked.encoder(),
        encoders.embed(asked, input));
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

  private SearchResult answer(SearchQuery query) {
    Release current = release();
    Family family = family(current, query);
    IndexReader index = index(family);
    float[] vector = encoders.embed(family, query.input());
    Optional<String> where = query.where().map(Filter::toLance);
    return new SearchResult(
        current.id(),
        current.sequence(),
        family.name(),
        family.encoder(),
        assets(index, vector, query.k(), where));
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
              .orElseThrow(
                  () ->
                      LakehouseException.of(
                          ErrorCode.LAKE_MISSING,
                          "Nothing is released in %s yet. Run 'lakehouse publish', or 'lakehouse run'",
                          layout.root()));
    }
    return release;
  }

  private Family family(Release release, SearchQuery query) {
    Family family =
        release
            .family(query.family())
            .orElseThrow(
                () ->
                    release.families().isEmpty()
                        ? noFamilies(release)
                        : noFamily(release, query.family()));
    List<String> asked = encoders.asked(family);
    if (!asked.contains(query.tower())) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Family %s answers no %s queries, only %s queries. Leave --family out to ask every family"
              + " that can",
          family.name(),
          query.tower(),
          String.join(" and ", asked));
    }
    return family;
  }

  private static LakehouseException noneAble(Release release, String tower) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "No family of release %d answers %s queries: found %s%s. Name a model that does with --set"
            + " %s=NAME (docs/models.md), then 'lakehouse run'",
        release.sequence(),
        tower,
        release.families().stream().map(Family::name).collect(Collectors.joining(", ")),
        release.familiesOff().isEmpty() ? "" : "; left out: " + release.familiesOff(),
        settingFor(tower));
  }

  private static String settingFor(String tower) {
    return switch (tower) {
      case Tower.TEXT -> Setting.TEXT_MODEL.key();
      case Tower.IMAGE -> Setting.CLIP_MODEL.key();
      default -> "lakehouse.family.FAMILY.bundle";
    };
  }

  private LakehouseException noFamilies(Release release) {
    String gap =
        ReleaseReader.unsearchable(layout, release, hadoop)
            .orElse("nothing is published, no family can search it");
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID, "Nothing to search in release %d: %s", release.sequence(), gap);
  }

  private static LakehouseException noFamily(Release release, String family) {
    List<String> present = release.families().stream().map(Family::name).toList();
    String off = release.familiesOff().isEmpty() ? "" : "; left out: " + release.familiesOff();
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Release %d has no family '%s': found %s%s. %s",
        release.sequence(),
        family,
        String.join(", ", present),
        off,
        "Choose --family %s, or name its model with --set lakehouse.family.%s.bundle=NAME, then"
            .formatted(String.join(" or ", present), family)
            .concat(" 'lakehouse run' (docs/models.md)"));
  }

  private synchronized IndexReader index(Family family) {
    return indexes.computeIfAbsent(
        family.name(),
        name ->
            IndexReader.open(IndexPlace.of(layout, family.path(), hadoop), family.lanceVersion()));
  }

  /** Asks for more and more segments until they belong to enough assets. */
  private static List<Hit> assets(
      IndexReader index, float[] vector, int k, Optional<String> where) {
    for (int segments = 2 * k; ; segments = Math.min(4 * segments, MAX_SEGMENTS)) {
      List<Hit> hits = index.nearest(vector, segments, where);
      Collection<Hit> assets = bestOfEachAsset(hits);
      if (assets.size() >= k || hits.size() < segments || segments == MAX_SEGMENTS) {
        return new ArrayList<>(assets).subList(0, Math.min(k, assets.size()));
      }
    }
  }

  private static Collection<Hit> bestOfEachAsset(List<Hit> hits) {
    Map<String, Hit> best = new LinkedHashMap<>();
    hits.forEach(hit -> best.putIfAbsent(hit.assetId(), hit));
    return best.values();
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

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.filter.Filter;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexReader;
import dev.lakehouse.core.lake.index.WordQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One question to one release: which families answer it, and with what. */
final class Answers {
  /** Of an asset without a vector of its own as a whole, so many of its parts are its likeness. */
  private static final int MAX_PARTS = 16;

  private final Release release;
  private final QueryEncoders encoders;
  private final Function<Family, IndexReader> indexes;
  private final Map<String, Calibration> calibrations;
  private final SearchRequest request;

  Answers(
      Release release,
      QueryEncoders encoders,
      Function<Family, IndexReader> indexes,
      Map<String, Calibration> calibrations,
      SearchRequest request) {
    this.release = release;
    this.encoders = encoders;
    this.indexes = indexes;
    this.calibrations = calibrations;
    this.request = request;
  }

  /** A family and its list. */
  private record Answering(Family family, Ranking ranking) {}

  List<SearchResult> all() {
    List<Family> asked = asked();
    List<Answering> answering = new ArrayList<>();
    for (Family family : asked) {
      ranking(family)
          .map(list -> Collapsed.of(list, indexes.apply(family), request.collapse()))
          .ifPresent(ranking -> answering.add(new Answering(family, ranking)));
    }
    if (answering.isEmpty() || isNamed() && answering.size() < asked.size()) {
      throw cannotAnswer(asked, answering);
    }
    return request.fused().isEmpty() ? apart(answering) : List.of(fused(answering));
  }

  /** The vector of a content in the space of the one family that is asked. */
  QueryVector vector() {
    Family family = asked().get(0);
    EmbedInput input = ((Sought.Content) request.sought()).input();
    if (!encoders.asked(family).contains(input.kind())) {
      throw otherQueries(family, input.kind());
    }
    return new QueryVector(
        release.id(),
        release.sequence(),
        family.name(),
        family.encoder(),
        encoders.embed(family, input));
  }

  private boolean isNamed() {
    return request.family().isPresent() || !request.fused().isEmpty();
  }

  private List<Family> asked() {
    Collection<String> names =
        request.family().<Collection<String>>map(List::of).orElse(request.fused().keySet());
    return names.isEmpty() ? release.families() : names.stream().map(this::family).toList();
  }

  private Family family(String name) {
    return release.family(name).orElseThrow(() -> noFamily(name));
  }

  private List<SearchResult> apart(List<Answering> answering) {
    List<SearchResult> results = new ArrayList<>();
    for (Answering each : answering) {
      List<Hit> hits = page(each.ranking());
      boolean isMute = hits.isEmpty() && request.mode() == SearchMode.WORDS && !hasWords(each);
      if (!isMute) {
        results.add(result(each.family().name(), each.family().encoder(), hits, bar(each, hits)));
      }
    }
    if (results.isEmpty()) {
      throw noWords(answering);
    }
    return results;
  }

  private boolean hasWords(Answering answering) {
    return indexes.apply(answering.family()).holdsWords();
  }

  private SearchResult fused(List<Answering> answering) {
    List<Ranking> lists =
        answering.stream()
            .map(each -> each.ranking().named(each.family().name(), request.each()))
            .toList();
    List<Double> weights = List.copyOf(request.fused().values());
    return result(
        joined(answering, Family::name),
        joined(answering, Family::encoder),
        page(new Fusion(request.each(), weights, lists)),
        Optional.empty());
  }

  private static String joined(List<Answering> answering, Function<Family, String> what) {
    return answering.stream()
        .map(each -> what.apply(each.family()))
        .collect(Collectors.joining("+"));
  }

  private List<Hit> page(Ranking ranking) {
    return ranking.page(request.each(), request.offset(), request.k());
  }

  /** What the answer of a family has to reach, where it is calibrated for such questions. */
  private Optional<Bar> bar(Answering answering, List<Hit> hits) {
    if (request.mode() != SearchMode.VECTOR || request.words().isEmpty()) {
      return Optional.empty();
    }
    Family family = answering.family();
    return Optional.ofNullable(calibrations.get(family.name()))
        .filter(calibration -> calibration.encoder().equals(family.encoder()))
        .flatMap(
            calibration ->
                best(answering, hits).map(best -> new Bar(calibration.threshold(), best.score())));
  }

  private Optional<Hit> best(Answering answering, List<Hit> hits) {
    return request.offset() == 0
        ? hits.stream().findFirst()
        : answering.ranking().page(request.each(), 0, 1).stream().findFirst();
  }

  private SearchResult result(String family, String encoder, List<Hit> hits, Optional<Bar> bar) {
    return new SearchResult(
        release.id(),
        release.sequence(),
        family,
        encoder,
        request.mode(),
        hits,
        request.offset(),
        bar,
        bar.filter(each -> !each.isReached()).map(Bar::words).or(this::note));
  }

  private Optional<String> note() {
    return request
        .words()
        .filter(words -> request.mode() != SearchMode.VECTOR && WordQuery.of(words).isEmpty())
        .map(words -> "The question holds no word, but signs");
  }

  /** The list that a family answers with; empty if it cannot answer such a question. */
  private Optional<Ranking> ranking(Family family) {
    if (request.sought() instanceof Sought.Content content) {
      return ofContent(family, content.input());
    }
    if (request.sought() instanceof Sought.Asset asset) {
      return ofAsset(family, asset.id());
    }
    Sought.Vector vector = (Sought.Vector) request.sought();
    return vector.encoder().equals(family.encoder())
        ? Optional.of(lists(family, Optional.empty()).near(List.of(vector.values())))
        : Optional.empty();
  }

  private Optional<Ranking> ofContent(Family family, EmbedInput input) {
    boolean isAble =
        request.mode() != SearchMode.WORDS && encoders.asked(family).contains(input.kind());
    if (request.mode() == SearchMode.VECTOR) {
      return isAble
          ? Optional.of(
              lists(family, Optional.empty()).near(List.of(encoders.embed(family, input))))
          : Optional.empty();
    }
    requireWords(family);
    WordQuery words = WordQuery.of(request.words().orElseThrow());
    FamilyLists lists = lists(family, Optional.empty());
    return Optional.of(
        request.mode() == SearchMode.WORDS
            ? lists.holding(words)
            : lists.hybrid(
                isAble ? Optional.of(encoders.embed(family, input)) : Optional.empty(), words));
  }

  /** What an asset is like: itself as a whole; where only parts have vectors, those. */
  private Optional<Ranking> ofAsset(Family family, String id) {
    SortedMap<String, float[]> vectors = indexes.apply(family).vectors(List.of(id)).get(id);
    if (vectors == null) {
      return Optional.empty();
    }
    float[] whole = vectors.get(Segment.WHOLE);
    Collection<float[]> likeness =
        whole == null ? vectors.values().stream().limit(MAX_PARTS).toList() : List.of(whole);
    return Optional.of(lists(family, Optional.of(id)).near(likeness));
  }

  private FamilyLists lists(Family family, Optional<String> without) {
    Optional<String> where = request.where().map(Filter::toLance);
    Optional<String> others = without.map(id -> "asset_id != " + IndexColumns.literal(id));
    Optional<String> condition =
        others.isEmpty() || where.isEmpty()
            ? others.or(() -> where)
            : Optional.of("(%s) AND (%s)".formatted(others.get(), where.get()));
    return new FamilyLists(indexes.apply(family), request.each(), condition);
  }

  private void requireWords(Family family) {
    if (!indexes.apply(family).keepsWords()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot search family %s of release %d for words: an earlier version of lakehouse"
              + " published it, which kept none. Run 'lakehouse publish --rebuild' once, or search"
              + " with --mode vector",
          family.name(),
          release.sequence());
    }
  }

  private LakehouseException noWords(List<Answering> answering) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Nothing to search for words in release %d: nothing in %s has a text or a caption. Give"
            + " captions to what is ingested, or search with --mode vector",
        release.sequence(),
        answering.stream()
            .map(each -> "family " + each.family().name())
            .collect(Collectors.joining(" and ")));
  }

  private LakehouseException cannotAnswer(List<Family> asked, List<Answering> answering) {
    List<String> can = answering.stream().map(each -> each.family().name()).toList();
    Family family =
        asked.stream().filter(each -> !can.contains(each.name())).findFirst().orElseThrow();
    if (request.sought() instanceof Sought.Asset asset) {
      return noAsset(asked, asset);
    }
    if (request.sought() instanceof Sought.Vector vector) {
      return anotherEncoder(asked, vector);
    }
    String tower = ((Sought.Content) request.sought()).input().kind();
    return isNamed() ? otherQueries(family, tower) : noneAble(tower);
  }

  private LakehouseException noAsset(List<Family> asked, Sought.Asset asset) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Nothing is like asset '%s' in release %d: it has no vector in %s. Name an asset by the"
            + " asset_id that a search shows",
        asset.id(),
        release.sequence(),
        names(asked));
  }

  private LakehouseException anotherEncoder(List<Family> asked, Sought.Vector vector) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Cannot search with a vector of encoder %s: the vectors of release %d are those of %s."
            + " Compute it with one of these",
        vector.encoder(),
        release.sequence(),
        asked.stream()
            .map(family -> "encoder %s (family %s)".formatted(family.encoder(), family.name()))
            .collect(Collectors.joining(", ")));
  }

  private static String names(List<Family> families) {
    return families.stream()
        .map(family -> "family " + family.name())
        .collect(Collectors.joining(", "));
  }

  private LakehouseException otherQueries(Family family, String tower) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Family %s answers no %s queries, only %s queries. Leave --family out to ask every family"
            + " that can",
        family.name(),
        tower,
        String.join(" and ", encoders.asked(family)));
  }

  private LakehouseException noneAble(String tower) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "No family of release %d answers %s queries: found %s%s. Name a model that does with --set"
            + " %s=NAME (docs/models.md), then 'lakehouse run'",
        release.sequence(),
        tower,
        present(", "),
        off(),
        settingFor(tower));
  }

  private static String settingFor(String tower) {
    return switch (tower) {
      case Tower.TEXT -> Setting.TEXT_MODEL.key();
      case Tower.IMAGE -> Setting.CLIP_MODEL.key();
      default -> "lakehouse.family.FAMILY.bundle";
    };
  }

  private LakehouseException noFamily(String name) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Release %d has no family '%s': found %s%s. Choose --family %s, or name its model with"
            + " --set lakehouse.family.%s.bundle=NAME, then 'lakehouse run' (docs/models.md)",
        release.sequence(),
        name,
        present(", "),
        off(),
        present(" or "),
        name);
  }

  private String present(String between) {
    return release.families().stream().map(Family::name).collect(Collectors.joining(between));
  }

  private String off() {
    return release.familiesOff().isEmpty() ? "" : "; left out: " + release.familiesOff();
  }
}

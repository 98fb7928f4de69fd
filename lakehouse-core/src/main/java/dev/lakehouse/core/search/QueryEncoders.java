// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.PrecisionWish;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.kind.EncoderSpecs;
import dev.lakehouse.core.lake.Family;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Embeds queries by the very models whose vectors an index holds. */
final class QueryEncoders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueryEncoders.class);

  private record TowerOf(String family, String tower) {}

  private final Settings settings;
  private final ModelsRoot models;
  private final Limits limits;
  private final QueryWork work;
  private final Map<Family, ModelBundle> bundles = new ConcurrentHashMap<>();
  private final Map<TowerOf, EncoderSpec> specs = new ConcurrentHashMap<>();

  QueryEncoders(Settings settings, ModelsRoot models, QueryWork work) {
    this.settings = settings;
    this.models = models;
    this.work = work;
    this.limits = Limits.from(settings);
  }

  /**
   * Loads the model that settings name for a family, in the hope that the release names it too. A
   * wrong guess costs nothing but time; what is really needed is leased by {@link #embed}.
   *
   * @param family empty for the first that can take such a query
   * @param tower that embeds the query
   */
  void warmUp(Optional<String> family, String tower) {
    try {
      for (FamilySpec spec : FamilySpec.on(settings)) {
        if (family.isEmpty() || family.get().equals(spec.name())) {
          ModelBundle bundle = Bundles.resolve(spec.bundle(), models);
          if (bundle.towerNames().contains(tower)) {
            WarmEncoders.lease(guess(bundle, tower), QueryWork.DEVICE).close();
            return;
          }
        }
      }
    } catch (LakehouseException e) {
      LOG.debug("No model was loaded ahead of time", e);
    }
  }

  private EncoderSpec guess(ModelBundle bundle, String tower) {
    return FamilySpec.modalities(FamilySpec.indexed(bundle.towerNames())).contains(tower)
        ? EncoderSpecs.of(bundle, models, tower, precision(bundle, tower), limits)
        : EncoderSpecs.of(bundle, models, tower, limits);
  }

  private Precision precision(ModelBundle bundle, String tower) {
    return PrecisionWish.from(settings).choose(bundle, bundle.tower(tower)).precision();
  }

  /**
   * What an index can be asked with, by the names of the towers that embed it.
   *
   * @throws LakehouseException if its model is absent or is another one
   */
  List<String> asked(Family family) {
    return bundleOf(family).towerNames();
  }

  /**
   * Loads a network of a family: that which takes words, where there is one.
   *
   * @throws LakehouseException as {@link #embed}
   */
  void warm(Family family) {
    List<String> towers = asked(family);
    if (towers.contains(Tower.TEXT)) {
      float[] unused = embed(family, EmbedInput.query("a"));
    } else {
      work.load(specOf(family, towers.get(0)));
    }
  }

  /**
   * The vector of a query in the space of an index.
   *
   * @throws LakehouseException if its model is absent or is another one, or cannot take the query
   */
  float[] embed(Family family, EmbedInput query) {
    EmbedOutcome outcome = work.embed(specOf(family, query.kind()), query);
    return outcome.vector().orElseThrow(() -> unusable(query, outcome));
  }

  private EncoderSpec specOf(Family family, String tower) {
    return specs.computeIfAbsent(new TowerOf(family.name(), tower), unused -> spec(family, tower));
  }

  /**
   * The index's own encoder, in the very precision; where the query is for a tower of the bundle
   * whose vectors are not there, that tower's own network.
   */
  private EncoderSpec spec(Family family, String tower) {
    ModelBundle bundle = bundleOf(family);
    boolean isIndexed = family.modalities().contains(tower);
    EncoderSpec indexed = encoderOf(family, bundle, isIndexed ? tower : family.modalities().get(0));
    return isIndexed ? indexed : EncoderSpecs.of(bundle, models, tower, limits);
  }

  /** Read once: what runs is compared with its digests when it is loaded. */
  private ModelBundle bundleOf(Family family) {
    return bundles.computeIfAbsent(family, this::resolved);
  }

  private ModelBundle resolved(Family family) {
    ModelBundle bundle = Bundles.resolve(family.bundle(), models);
    if (!bundle.digest().equals(family.bundleDigest())) {
      throw LakehouseException.of(
          ErrorCode.MODEL_UNAVAILABLE,
          "Cannot search family %s: its index holds vectors of bundle %s with digest %s, and the"
              + " bundle of that name in %s has digest %s. Import the former again, or run 'lakehouse"
              + " embed' and 'lakehouse publish' with the latter",
          family.name(),
          family.bundle(),
          family.bundleDigest(),
          bundle.place(),
          bundle.digest());
    }
    return bundle;
  }

  private EncoderSpec encoderOf(Family family, ModelBundle bundle, String tower) {
    List<EncoderSpec> encoders = EncoderSpecs.all(bundle, models, tower, limits);
    return encoders.stream()
        .filter(encoder -> encoder.encoder().equals(family.encoder()))
        .findFirst()
        .orElseThrow(() -> anotherEncoder(family, encoders));
  }

  private static LakehouseException anotherEncoder(Family family, List<EncoderSpec> encoders) {
    String made =
        encoders.stream()
            .map(spec -> "%s in %s".formatted(spec.encoder(), spec.precision().word()))
            .collect(Collectors.joining(", "));
    return LakehouseException.of(
        ErrorCode.MODEL_UNAVAILABLE,
        "Cannot search family %s: its index holds vectors of encoder %s, and this version of"
            + " lakehouse makes of bundle %s as it is: %s. Import the network that is missing, run"
            + " 'lakehouse embed' and 'lakehouse publish', or search with the version that published",
        family.name(),
        family.encoder(),
        family.bundle(),
        made);
  }

  private static LakehouseException unusable(EmbedInput query, EmbedOutcome outcome) {
    String reason =
        outcome
            .failure()
            .map(failed -> failed.code() + ", " + failed.message())
            .orElse("no vector");
    return LakehouseException.of(
        outcome.failure().filter(QueryEncoders::mayPass).isPresent()
            ? ErrorCode.TRANSIENT
            : ErrorCode.CONFIG_INVALID,
        "Cannot search with this %s: %s",
        query.kind(),
        reason);
  }

  /** Whether the machine was at its end, not the query: it may be taken another time. */
  private static boolean mayPass(EmbedOutcome.Failed failed) {
    return failed.code() == ItemError.TIME_LIMIT || failed.code() == ItemError.OUT_OF_MEMORY;
  }

  @Override
  public void close() {
    work.close();
  }
}

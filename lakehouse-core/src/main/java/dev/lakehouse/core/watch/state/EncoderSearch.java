// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.PrecisionWish;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.kind.EncoderSpecs;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.StageNote;
import dev.lakehouse.core.watch.state.FamiliesInUse.Encoder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the encoders of a lake for those who only look.
 *
 * @param settings in force
 * @param models where bundles are
 * @param embedded digests of encoders that were used just now, by family
 */
public record EncoderSearch(Settings settings, ModelsRoot models, Map<String, String> embedded) {
  public EncoderSearch {
    embedded = Map.copyOf(embedded);
  }

  /** The same under other settings. */
  EncoderSearch under(Settings others) {
    return new EncoderSearch(others, models, embedded);
  }

  /** Why the bundle cannot be had. */
  String whyNot(String bundle) {
    try {
      Bundles.resolve(bundle, models);
      return "";
    } catch (LakehouseException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * The encoder of a family: that of its bundle or, where the bundle is not at hand, the one that
   * the last commit of embed names for it.
   */
  Optional<Encoder> find(LakeReader lake, FamilySpec family) {
    try {
      EncoderSpec spec = encoder(lake, family.name(), Bundles.resolve(family.bundle(), models));
      return Optional.of(
          new Encoder(
              family.name(),
              spec.towers(),
              family.bundle(),
              spec.encoder(),
              family.scope(spec.towers())));
    } catch (LakehouseException e) {
      if (e.code() != ErrorCode.MODEL_UNAVAILABLE) {
        throw e;
      }
      return last(lake, family.name())
          .filter(last -> last.bundle().equals(family.bundle()))
          .map(
              last ->
                  new Encoder(
                      family.name(),
                      last.tower(),
                      last.bundle(),
                      last.encoder(),
                      family.scope(last.tower())));
    }
  }

  /**
   * In the precision that was just used, or that settings name; where nobody names one, in that of
   * the vectors that are there.
   */
  private EncoderSpec encoder(LakeReader lake, String family, ModelBundle bundle) {
    String tower = FamilySpec.modalities(FamilySpec.indexed(bundle.towerNames())).get(0);
    Limits limits = Limits.from(settings);
    PrecisionWish wish = PrecisionWish.from(settings);
    List<EncoderSpec> encoders = EncoderSpecs.all(bundle, models, tower, limits);
    Optional<EncoderSpec> found = find(encoders, Optional.ofNullable(embedded.get(family)));
    if (found.isEmpty() && !wish.isExplicit() && encoders.size() > 1) {
      found = most(lake, family, encoders);
    }
    return found.orElseGet(
        () ->
            EncoderSpecs.of(
                bundle,
                models,
                tower,
                wish.choose(bundle, bundle.tower(tower)).precision(),
                limits));
  }

  private static Optional<EncoderSpec> find(List<EncoderSpec> among, Optional<String> digest) {
    return among.stream()
        .filter(encoder -> digest.filter(encoder.encoder()::equals).isPresent())
        .findFirst();
  }

  /** The encoder that has most vectors of what passed; of several, the one that was used last. */
  private static Optional<EncoderSpec> most(
      LakeReader lake, String family, List<EncoderSpec> encoders) {
    Map<String, Long> counts = counts(lake);
    long most =
        encoders.stream()
            .mapToLong(spec -> counts.getOrDefault(spec.encoder(), 0L))
            .max()
            .orElse(0);
    List<EncoderSpec> best =
        encoders.stream()
            .filter(spec -> most > 0 && counts.getOrDefault(spec.encoder(), 0L) == most)
            .toList();
    Optional<EncoderSpec> last =
        best.size() > 1 ? find(best, last(lake, family).map(Last::encoder)) : Optional.empty();
    return last.or(() -> best.stream().findFirst());
  }

  private static Map<String, Long> counts(LakeReader lake) {
    Set<String> inputs = new HashSet<>();
    lake.forEach(
        Tables.FILTERED,
        List.of("sha256", "modality", "captions"),
        row -> Segment.of(row).forEach(segment -> inputs.add(segment.sha256())));
    Map<String, Long> counts = new HashMap<>();
    lake.forEach(
        Tables.EMBEDDINGS,
        List.of("input_sha256", "encoder", "error_code"),
        row -> {
          if (row.find("error_code").isEmpty()
              && inputs.contains(row.require("input_sha256", String.class))) {
            counts.merge(row.require("encoder", String.class), 1L, Long::sum);
          }
        });
    return counts;
  }

  private static Optional<Last> last(LakeReader lake, String family) {
    String mark = "encoder." + family;
    return lake.lastNoteWith(Tables.EMBEDDINGS, mark)
        .flatMap((StageNote note) -> note.find(mark))
        .map(EncoderSearch::parse);
  }

  /** What the last commit of embed says of a family. */
  private record Last(String tower, String bundle, String encoder) {}

  private static Last parse(String json) {
    try {
      JsonNode said = Json.mapper().readTree(json);
      return new Last(
          said.path("modality").asText(),
          said.path("bundle").asText(),
          said.path("encoder").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not an encoder's mark: " + json, e);
    }
  }
}

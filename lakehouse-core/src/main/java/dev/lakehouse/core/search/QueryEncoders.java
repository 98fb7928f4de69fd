// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.Bundles;
import dev.lakehouse.core.bundle.Lease;
import dev.lakehouse.core.bundle.ModelBundle;
import dev.lakehouse.core.bundle.ModelsRoot;
import dev.lakehouse.core.bundle.Tower;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.lake.Family;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Embeds queries by the very models whose vectors an index holds. */
final class QueryEncoders {
  private static final Logger LOG = LoggerFactory.getLogger(QueryEncoders.class);
  private static final String CPU = "cpu"; // one query; a device would wait longer for its model

  private final Settings settings;
  private final ModelsRoot models;
  private final Limits limits;

  QueryEncoders(Settings settings, ModelsRoot models) {
    this.settings = settings;
    this.models = models;
    this.limits = Limits.from(settings);
  }

  /**
   * Loads the model that settings name for a family, in the hope that the release names it too. A
   * wrong guess costs nothing but time; what is really needed is leased by {@link #embed}.
   */
  void warmUp(SearchQuery query) {
    Setting model = query.family().equals(Family.CLIP) ? Setting.CLIP_MODEL : Setting.TEXT_MODEL;
    try {
      EncoderSpec spec = EncoderSpec.of(settings.text(model), models, query.tower(), limits);
      WarmEncoders.lease(spec, CPU).close();
    } catch (LakehouseException e) {
      LOG.debug("No model was loaded ahead of time", e);
    }
  }

  /**
   * The vector of a query in the space of an index.
   *
   * @throws LakehouseException if its model is absent or is another one, or cannot take the query
   */
  float[] embed(Family family, SearchQuery query) {
    ModelBundle bundle = bundleOf(family);
    EncoderSpec spec = EncoderSpec.of(bundle, models, query.tower(), limits);
    try (Lease<Encoder> encoder = WarmEncoders.lease(spec, CPU)) {
      EmbedOutcome outcome = encoder.value().encode(List.of(query.input())).get(0);
      return outcome.vector().orElseThrow(() -> unusable(query, outcome));
    }
  }

  private ModelBundle bundleOf(Family family) {
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
    String indexed = family.name().equals(Family.CLIP) ? Tower.IMAGE : Tower.TEXT;
    String encoder = EncoderSpec.of(bundle, models, indexed, limits).encoder();
    if (!encoder.equals(family.encoder())) {
      throw LakehouseException.of(
          ErrorCode.MODEL_UNAVAILABLE,
          "Cannot search family %s: its index holds vectors of encoder %s, and this version of"
              + " lakehouse makes encoder %s of bundle %s. Run 'lakehouse embed' and 'lakehouse"
              + " publish', or search with the version that published",
          family.name(),
          family.encoder(),
          encoder,
          family.bundle());
    }
    return bundle;
  }

  private static LakehouseException unusable(SearchQuery query, EmbedOutcome outcome) {
    String reason =
        outcome
            .failure()
            .map(failed -> failed.code() + ", " + failed.message())
            .orElse("no vector");
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Cannot search with this %s: %s",
        query.input() instanceof EmbedInput.Image ? "image" : "text",
        reason);
  }
}

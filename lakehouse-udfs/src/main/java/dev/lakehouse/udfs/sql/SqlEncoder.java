// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.PrecisionWish;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.kind.EncoderSpecs;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.udfs.SessionSettings;
import dev.lakehouse.udfs.embed.EmbedOptions;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.sql.internal.SQLConf;
import scala.collection.JavaConverters;

/**
 * The encoder that a call means, and how it is run.
 *
 * @param spec the encoder
 * @param comparesWith digest of the encoder whose vectors the family's index holds; that of a
 *     picture's for words that look for pictures
 * @param options how it is run
 */
record SqlEncoder(EncoderSpec spec, String comparesWith, EmbedOptions options)
    implements Serializable {

  /**
   * The encoder of a tower of a family, by the settings of a session.
   *
   * @throws LakehouseException if there is no such family, it is off, its model is not there, or
   *     takes no such content
   */
  static SqlEncoder of(String family, String tower, SQLConf session) {
    Map<String, String> conf = JavaConverters.mapAsJavaMap(session.getAllConfs());
    Settings settings = Settings.defaults().orElseSpark(conf);
    ModelsRoot models = models(settings, SessionSettings.hadoop(conf));
    FamilySpec named = FamilySpec.named(family, settings);
    ModelBundle bundle = named.resolve(models);
    if (!bundle.towerNames().contains(tower)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Family %s embeds no %s: expected a bundle with such a tower and found %s, with %s. Name"
              + " another family, or another bundle with --set %s=NAME",
          family,
          tower,
          bundle.name(),
          String.join(", ", bundle.towerNames()),
          named.setting().key());
    }
    String indexed = FamilySpec.modalities(FamilySpec.indexed(bundle.towerNames())).get(0);
    return new SqlEncoder(
        spec(bundle, models, tower, settings).inFamily(named),
        spec(bundle, models, indexed, settings).encoder(),
        EmbedOptions.from(settings, "sql"));
  }

  private static EncoderSpec spec(
      ModelBundle bundle, ModelsRoot models, String tower, Settings settings) {
    Precision precision =
        PrecisionWish.from(settings).choose(bundle, bundle.tower(tower)).precision();
    return EncoderSpecs.of(bundle, models, tower, precision, Limits.from(settings));
  }

  /**
   * Where bundles are beside the embedded ones: where a setting says, else in the session's lake.
   */
  private static ModelsRoot models(Settings settings, Map<String, String> hadoop) {
    boolean known =
        settings.find(Setting.MODELS).isPresent() || settings.find(Setting.LAKE).isPresent();
    return known
        ? new ModelsRoot(
            LakeLayout.of(settings.find(Setting.LAKE).orElse("."), settings).modelsUri(), hadoop)
        : ModelsRoot.at("models");
  }

  /** What it is, in short. */
  @Override
  public String toString() {
    return "%s/%s of %s in %s, encoder %s"
        .formatted(
            spec.family(),
            spec.tower(),
            spec.bundle(),
            spec.precision().word(),
            comparesWith.substring(0, 8));
  }
}

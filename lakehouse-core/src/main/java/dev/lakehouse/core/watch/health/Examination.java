// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.lake.LakeLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What one JVM can do: on the driver, and on each executor of a cluster.
 *
 * <p>Nothing is assumed that can be tried, and a failed trial never stops the next.
 */
public final class Examination {
  private final Settings settings;
  private final ModelsRoot models;
  private final Allowance allowance;

  /**
   * @param settings to try things with
   * @param models where bundles are beside the embedded ones
   * @param allowance what this JVM may use
   */
  public Examination(Settings settings, ModelsRoot models, Allowance allowance) {
    this.settings = settings;
    this.models = models;
    this.allowance = allowance;
  }

  /** Java, heap, scratch space, and the processes that decode. */
  public List<Check> jvm() {
    List<Check> checks = new ArrayList<>(JvmChecks.all());
    checks.addAll(new DecoderChecks(Limits.from(settings)).all());
    return checks;
  }

  /** What the storage of the lake can do; leaves nothing behind. */
  public List<Check> storage(Configuration hadoop) {
    Optional<String> lake = settings.find(Setting.LAKE);
    return lake.isPresent()
        ? new StorageChecks(LakeLayout.of(lake.get(), settings), hadoop).all()
        : List.of(Check.warn("storage", "lake", "not tried: no lake was named", "Give --lake URI"));
  }

  /** The digests, golden vectors and memory of the models that the settings name. */
  public List<Check> models() {
    return new ModelChecks(settings, models, allowance).all();
  }
}

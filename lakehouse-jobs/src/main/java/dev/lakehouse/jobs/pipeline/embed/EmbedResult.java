// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.embed;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.jobs.pipeline.StepCounts;
import java.util.Map;
import java.util.TreeMap;

/**
 * What embedding a family did, counted in the tables.
 *
 * @param items everything that the family embeds now
 * @param computed outcome rows that this run committed
 * @param failed of all items, those whose outcome is an error
 * @param encoders where the time went, by tower
 */
public record EmbedResult(
    long items, long computed, long failed, Map<String, EncoderWork> encoders) {

  public EmbedResult {
    encoders = Map.copyOf(encoders);
  }

  static EmbedResult of(StepCounts counts, Map<String, EncoderWork> encoders) {
    return new EmbedResult(counts.items(), counts.computed(), counts.failed(), encoders);
  }

  /** Digest of the encoder of a family's own content. */
  public String encoder() {
    String tower = FamilySpec.modalities(FamilySpec.indexed(encoders.keySet())).get(0);
    EncoderWork own = encoders.get(tower);
    return requireNonNull(own, "no encoder of the family's own content").encoder();
  }

  /** What embedding does next if nothing changes: nothing, with the same encoders. */
  public EmbedResult again() {
    Map<String, EncoderWork> idle = new TreeMap<>();
    encoders.forEach((tower, work) -> idle.put(tower, work.again()));
    return new EmbedResult(items, 0, failed, idle);
  }

  /** The counts alone. */
  public StepCounts counts() {
    return new StepCounts(items, computed, failed);
  }
}

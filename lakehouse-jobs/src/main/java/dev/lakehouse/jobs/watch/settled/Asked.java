// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch.settled;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.speech.SpeechModel;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a whole run goes by, beside its sources and the tables.
 *
 * @param layout where the parts of the lake are
 * @param settings in effect, with those that the lake keeps
 * @param policy digest of the policy that judges
 * @param publish what may be released
 */
public record Asked(LakeLayout layout, Settings settings, String policy, PublishOptions publish) {

  /**
   * A digest of it all: of two runs with the same, over the same tables, the second has nothing to
   * do.
   *
   * @param kept what the lake keeps
   * @param models where bundles are
   * @throws dev.lakehouse.core.LakehouseException if the bundle of a family, or what tells speech,
   *     is not there
   */
  public String digest(Kept kept, ModelsRoot models) {
    Map<String, Object> all = new TreeMap<>();
    all.put("program", Program.mark());
    all.put("lake", layout.root());
    all.put("settings", settings.values());
    all.put("policy", policy);
    all.put("kept policy", kept.policy().map(Kept.KeptPolicy::digest).orElse(""));
    all.put("kept settings", kept.settings());
    all.put("kept bundles", kept.bundles());
    all.put("bundles", bundles(models));
    SpeechModel.from(settings, models).ifPresent(speech -> all.put("speech", speech.sha256()));
    all.put("publish", publish.toString());
    return Digests.sha256(Json.line(all));
  }

  private Map<String, String> bundles(ModelsRoot models) {
    Map<String, String> digests = new TreeMap<>();
    for (FamilySpec family : FamilySpec.on(settings)) {
      digests.put(family.name(), family.resolve(models).digest());
    }
    return digests;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.LakeLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of the lakes of a torture, spread over the places that the settings name.
 *
 * @param layout where its parts are
 * @param options that make a command work on it
 */
record TrialLake(LakeLayout layout, List<String> options) {
  private static final List<Setting> PLACES =
      List.of(Setting.LAKE_TABLES, Setting.LAKE_BLOBS, Setting.LAKE_INDEX);

  TrialLake {
    options = List.copyOf(options);
  }

  /**
   * A lake of its own below the root, and below each place that a setting gives.
   *
   * @param settings that all commands are given
   */
  static TrialLake of(String root, String name, Settings settings) {
    Map<String, String> places = new LinkedHashMap<>();
    PLACES.forEach(
        setting ->
            settings.find(setting).ifPresent(uri -> places.put(setting.key(), uri + "/" + name)));
    String uri = root + "/" + name;
    Settings own = Settings.defaults().orElse(places, "torture");
    return new TrialLake(LakeLayout.of(uri, own), options(uri, places, settings));
  }

  private static List<String> options(String uri, Map<String, String> places, Settings settings) {
    Map<String, String> all = new LinkedHashMap<>(places);
    for (Setting setting : Setting.all()) {
      if (!setting.equals(Setting.LAKE) && !setting.secret()) {
        settings
            .effective(setting)
            .filter(value -> !value.origin().equals("default"))
            .ifPresent(value -> all.putIfAbsent(setting.key(), value.value()));
      }
    }
    List<String> options = new ArrayList<>(List.of("--lake", uri));
    all.forEach((key, value) -> options.addAll(List.of("--set", key + "=" + value)));
    return options;
  }

  /** Every folder of the lake; none lies in another. */
  List<String> folders() {
    return List.of(
        layout.tables(), layout.blobs(), layout.index(), layout.policies(), layout.runs());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;

/**
 * A setting as it is in effect.
 *
 * @param key in full
 * @param value what counts; empty for none, hidden for a secret
 * @param origin who set it
 * @param meaning one sentence
 */
public record EffectiveSetting(String key, String value, String origin, String meaning) {
  private static final String HIDDEN = "(hidden)";

  static EffectiveSetting of(Setting setting, Settings settings) {
    return settings
        .effective(setting)
        .map(
            effective ->
                new EffectiveSetting(
                    setting.key(),
                    setting.secret() ? HIDDEN : effective.value(),
                    effective.origin(),
                    setting.meaning()))
        .orElseGet(() -> new EffectiveSetting(setting.key(), "", "not set", setting.meaning()));
  }
}

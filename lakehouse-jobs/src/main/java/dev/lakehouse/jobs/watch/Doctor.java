// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import java.util.ArrayList;
import java.util.List;

/** Tries whether the house stands: nothing is assumed that can be tried. */
public final class Doctor {
  private final Settings settings;

  public Doctor(Settings settings) {
    this.settings = settings;
  }

  /** Tries everything; a failed check never stops the next. */
  public List<Check> examine() {
    return new ArrayList<>(JvmChecks.all());
  }

  /** Every setting as it is in effect, with secrets hidden. */
  public List<EffectiveSetting> settings() {
    return Setting.ALL.stream().map(setting -> EffectiveSetting.of(setting, settings)).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.core.lake.Kept.KeptPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is no longer in force because something else is given, a line for each. */
final class Replaced {
  private final Kept before;
  private final Kept after;

  private Replaced(Kept before, Kept after) {
    this.before = before;
    this.after = after;
  }

  /** The lines; none for what was not there before. */
  static List<String> lines(Kept before, Kept after) {
    Replaced replaced = new Replaced(before, after);
    List<String> lines = new ArrayList<>();
    replaced.policy().ifPresent(lines::add);
    before.settings().keySet().stream()
        .flatMap(key -> Setting.familyOf(key).stream())
        .distinct()
        .forEach(
            family -> {
              replaced.model(family, Setting.family(family)).ifPresent(lines::add);
              replaced.setting(Setting.familyRoles(family)).ifPresent(lines::add);
              replaced.setting(Setting.familyRequired(family)).ifPresent(lines::add);
            });
    Setting.kept().stream()
        .filter(setting -> Setting.familyOf(setting.key()).isEmpty())
        .forEach(setting -> replaced.setting(setting).ifPresent(lines::add));
    return lines;
  }

  private Optional<String> policy() {
    Optional<KeptPolicy> old =
        before.policy().filter(policy -> !after.policy().equals(Optional.of(policy)));
    return old.map(
        policy ->
            "policy in force, %s, is replaced by %s"
                .formatted(policy, after.policy().map(KeptPolicy::toString).orElse("none")));
  }

  private Optional<String> model(String family, Setting setting) {
    Optional<String> old = model(before, family, setting);
    Optional<String> now = model(after, family, setting);
    return old.filter(model -> !now.equals(old))
        .map(
            model ->
                "model in force for family %s, %s, is replaced by %s"
                    .formatted(family, model, now.orElse("none")));
  }

  private static Optional<String> model(Kept kept, String family, Setting setting) {
    Map<String, String> bundles = kept.bundles();
    return Optional.ofNullable(kept.settings().get(setting.key()))
        .map(
            name ->
                bundles.containsKey(family)
                    ? "%s (%.12s)".formatted(name, bundles.get(family))
                    : name);
  }

  private Optional<String> setting(Setting setting) {
    Optional<String> old = Optional.ofNullable(before.settings().get(setting.key()));
    Optional<String> now = Optional.ofNullable(after.settings().get(setting.key()));
    return old.filter(value -> !now.equals(old))
        .map(
            value ->
                "%s in force, %s, is replaced by %s"
                    .formatted(setting.key(), value, now.orElse("the default")));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.DocumentSetting;
import dev.lakehouse.core.ServeSetting;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.UrlSetting;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every setting stands in the code, in {@code conf/lakehouse-defaults.conf} and in {@code
 * docs/settings.md}, with the same default and the same sentence.
 */
class TestSettingsAreDocumented {
  @Test
  void everyConstantIsListed() {
    List<String> constants =
        Stream.of(Setting.class, DocumentSetting.class, UrlSetting.class, ServeSetting.class)
            .flatMap(type -> Arrays.stream(type.getFields()))
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .filter(field -> field.getType() == Setting.class)
            .map(TestSettingsAreDocumented::key)
            .toList();

    assertThat(Setting.all())
        .extracting(Setting::key)
        .containsExactlyInAnyOrderElementsOf(constants);
    assertThat(constants).allMatch(key -> key.matches("lakehouse(\\.[a-z]+(-[a-z]+)*)+"));
  }

  private static String key(java.lang.reflect.Field field) {
    try {
      return ((Setting) field.get(null)).key();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theSettingsFileHasThemAll() throws IOException {
    String entries =
        Setting.all().stream()
            .map(
                setting ->
                    "# %s\n# %s = %s\n"
                        .formatted(meaning(setting), setting.key(), fallback(setting))
                        .strip())
            .collect(Collectors.joining("\n\n", "", "\n"));

    RenderedFile.assertSame(
        "conf/lakehouse-defaults.conf",
        """
        # Settings of the lakehouse, all with their defaults. Take a copy, take the # away where you
        # want another value, and give it with --config FILE.
        #
        # Precedence: --set key=value, then the environment (LAKEHOUSE_EMBED_BATCH_SIZE), then Spark
        # (--spark-conf spark.lakehouse.embed.batch-size=…), then this file, then what the lake was given
        # before and keeps (policy, models, precision, limits of pictures), then the default.
        # 'lakehouse doctor' shows what is in effect and why.

        """
            + entries);
  }

  @Test
  void theDocumentationHasThemAll() throws IOException {
    String rows =
        Setting.all().stream()
            .map(
                setting ->
                    "| `%s` | %s | %s |\n"
                        .formatted(setting.key(), quoted(fallback(setting)), meaning(setting)))
            .collect(Collectors.joining());

    RenderedFile.assertSame(
        "docs/settings.md",
        """
        # Settings

        Precedence: `--set key=value`, then the environment (`LAKEHOUSE_EMBED_BATCH_SIZE` for
        `lakehouse.embed.batch-size`), then Spark's configuration (`--spark-conf
        spark.lakehouse.embed.batch-size=64`), then the file of `--config` (YAML, or `key = value`
        lines; `conf/lakehouse-defaults.conf` is one), then what the lake keeps, then the default. An unknown
        key is an error with a suggestion. `lakehouse doctor` shows what is in effect and who set it.

        What decides what a lake holds it keeps, in force until a command names something else, which is said
        first: the policy, all of `lakehouse.family`, `lakehouse.embed.precision`, and `max-pixels`, `max-side` and
        `max-frames` of `lakehouse.limits`.

        | setting | default | meaning |
        |---|---|---|
        """
            + rows);
  }

  private static String meaning(Setting setting) {
    return setting.meaning() + setting.bounds().map(bounds -> "; " + bounds).orElse("");
  }

  private static String fallback(Setting setting) {
    return setting.fallback().orElse("");
  }

  private static String quoted(String value) {
    return value.isEmpty() ? "none" : "`" + value + "`";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** The one way from settings that travel as plain text to what Hadoop reads. */
public final class HadoopSettings {

  private HadoopSettings() {}

  /**
   * A configuration of its own.
   *
   * @param said on top of Hadoop's defaults and {@link LocalFiles}
   */
  public static Configuration configuration(Map<String, String> said) {
    Configuration configuration = new Configuration();
    LocalFiles.SETTINGS.forEach(
        (key, value) -> {
          if (!isChosen(configuration, key)) {
            configuration.set(key, value);
          }
        });
    said.forEach(configuration::set);
    return configuration;
  }

  /** What a configuration says beyond Hadoop's defaults: the way back. */
  public static Map<String, String> said(Configuration configuration) {
    Map<String, String> said = new HashMap<>();
    configuration.forEach(each -> said.put(each.getKey(), each.getValue()));
    new Configuration().forEach(each -> said.remove(each.getKey(), each.getValue()));
    return said;
  }

  /**
   * Whether somebody set it, in a file of the machine or in a program; Hadoop's defaults are not.
   */
  public static boolean isChosen(Configuration configuration, String key) {
    String @Nullable [] sources = configuration.getPropertySources(key);
    return sources != null && !List.of(sources).contains("core-default.xml");
  }
}

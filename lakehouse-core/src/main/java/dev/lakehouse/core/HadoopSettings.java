// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The one way from settings that travel as plain text to what Hadoop reads. */
public final class HadoopSettings {

  private HadoopSettings() {}

  /**
   * A configuration of its own.
   *
   * @param said on top of Hadoop's defaults
   */
  public static Configuration configuration(Map<String, String> said) {
    Configuration configuration = new Configuration();
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
}

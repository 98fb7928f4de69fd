// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import java.util.List;

/**
 * A stage as the command that does it.
 *
 * @param name of the command
 * @param options of the command, without the lake
 */
record Stage(String name, List<String> options) {
  static final String PUBLISH = "publish";

  Stage {
    options = List.copyOf(options);
  }

  static Stage of(String name, String... options) {
    return new Stage(name, List.of(options));
  }
}

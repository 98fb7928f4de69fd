// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files with ground truth that stand beside a checkout of developers; absent elsewhere. */
public final class SharedData {

  private SharedData() {}

  /** A file or folder of the shared data; the calling test is skipped where it is absent. */
  public static Path require(String path) {
    Path found = Path.of(System.getProperty("lakehouse.shared", "../../shared"), path).normalize();
    assumeTrue(Files.exists(found), () -> "skipped: no shared data at " + found);
    return found;
  }
}

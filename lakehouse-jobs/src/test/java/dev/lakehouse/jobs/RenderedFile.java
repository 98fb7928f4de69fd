// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the project that says what the code says; {@code -Dlakehouse.rewrite=true} renews it.
 */
final class RenderedFile {

  private RenderedFile() {}

  static void assertSame(String file, String expected) throws IOException {
    Path path = Path.of(System.getProperty("lakehouse.home")).resolve(file);
    if (Boolean.getBoolean("lakehouse.rewrite")) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, expected);
    }
    assertThat(Files.readString(path))
        .as(
            "%s; to renew it: mvn test -pl lakehouse-jobs -am -Dtest='Test*AreDocumented'"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dlakehouse.rewrite=true",
            file)
        .isEqualTo(expected);
  }
}

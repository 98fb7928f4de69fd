// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import dev.lakehouse.core.bundle.description.BundleFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** The front matter of a model's README.md, as far as anybody wrote one. */
final class ModelCard {
  private static final String LICENCE = "license:";
  private static final int LINES = 200;

  private ModelCard() {}

  static Optional<String> licence(BundleFiles files) {
    try (BufferedReader card =
            new BufferedReader(
                new InputStreamReader(files.open("README.md"), StandardCharsets.UTF_8));
        Stream<String> lines = card.lines()) {
      return lines
          .limit(LINES)
          .filter(line -> line.startsWith(LICENCE))
          .map(line -> line.substring(LICENCE.length()).strip())
          .filter(licence -> !licence.isEmpty())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static dev.lakehouse.core.bundle.description.Checks.check;
import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A file of a bundle, with the digest that its bytes must have.
 *
 * @param file name inside the bundle; a path below it with {@code /}, never out of it
 * @param sha256 64 lower-case hex digits
 */
public record PinnedFile(String file, String sha256) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public PinnedFile {
    requireInside(requireNonNull(file, "file is missing"));
    requireNonNull(sha256, "sha256 is missing");
    check(SHA_256.matcher(sha256).matches(), "sha256 of %s: '%s' (64 hex digits)", file, sha256);
  }

  /**
   * Refuses names that could lead out of a bundle, whatever the file system.
   *
   * @throws IllegalArgumentException saying why
   */
  public static String requireInside(String file) {
    check(
        !file.isBlank() && !file.startsWith("/") && !file.contains("\\") && !file.contains(":"),
        "file '%s': expected a relative path inside the bundle",
        file);
    for (String step : file.split("/", -1)) {
      check(
          !step.isEmpty() && !step.equals(".") && !step.equals(".."),
          "file '%s': expected a path that never leaves the bundle",
          file);
    }
    return file;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.ItemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Where the bytes of a content are; its failures are those of {@link Opened}. */
sealed interface StoredBytes permits InlineBytes, BlobBytes, ReferencedBytes {

  /** What is done with a stream. */
  interface Reading<T> {
    T of(InputStream in) throws IOException;
  }

  /** What people call it. */
  String uri();

  /** Reads from the first byte; what is read to its end is checked. */
  <T> T read(Reading<T> reading) throws ItemException;

  /** How many there are. */
  long size() throws ItemException;

  /** The file that has them, where it is one on this machine that nobody changes. */
  default Optional<Path> local() {
    return Optional.empty();
  }
}

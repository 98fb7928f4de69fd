// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The bytes of a text that stands in its row.
 *
 * @param text the content
 */
record InlineBytes(String text) implements StoredBytes {
  @Override
  public String uri() {
    return "inline text";
  }

  @Override
  public <T> T read(Reading<T> reading) {
    try {
      return reading.of(new ByteArrayInputStream(text.getBytes(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write what was read from memory", e);
    }
  }

  @Override
  public long size() {
    return text.getBytes(UTF_8).length;
  }
}

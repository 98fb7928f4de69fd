// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

/** What an encoder is given. */
public sealed interface EmbedInput {

  /** A text, for a text tower. */
  record Text(String text) implements EmbedInput {}

  /** The bytes of an image file, for an image tower; not copied, not to be changed. */
  @SuppressWarnings("ArrayRecordComponent")
  record Image(byte[] bytes) implements EmbedInput {}

  /** A text. */
  static EmbedInput text(String text) {
    return new Text(text);
  }

  /** The bytes of an image file. */
  static EmbedInput image(byte[] bytes) {
    return new Image(bytes);
  }
}

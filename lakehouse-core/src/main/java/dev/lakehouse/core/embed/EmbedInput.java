// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;

/** What an encoder is given. */
public sealed interface EmbedInput {

  /** A text, for a text tower. */
  record Text(String text) implements EmbedInput {

    @Override
    public String kind() {
      return Tower.TEXT;
    }

    /** Two bytes for each character, which is what it takes once one of them is not Latin. */
    @Override
    public long size() {
      return 2L * text.length();
    }
  }

  /** A text that is searched for, and that some models read with other words in front. */
  record Query(String text) implements EmbedInput {

    @Override
    public String kind() {
      return Tower.TEXT;
    }

    @Override
    public long size() {
      return 2L * text.length();
    }
  }

  /**
   * Content as bytes; not copied, not to be changed.
   *
   * @param kind what content it is
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(String kind, byte[] bytes) implements EmbedInput {

    @Override
    public long size() {
      return bytes.length;
    }
  }

  /**
   * What a store keeps, read when its turn comes.
   *
   * @param kind what content it is
   * @param content a blob, or a text
   * @param contents the store
   * @param size bytes that are expected there; 0 where nobody knows
   */
  record Stored(String kind, Content content, Contents contents, long size) implements EmbedInput {}

  /** Name of the tower that takes it. */
  String kind();

  /** About how many bytes of memory it holds; of a stored one, will hold. */
  long size();

  /** A text. */
  static EmbedInput text(String text) {
    return new Text(text);
  }

  /** A text that is searched for. */
  static EmbedInput query(String text) {
    return new Query(text);
  }

  /** The bytes of an image file. */
  static EmbedInput image(byte[] bytes) {
    return new Bytes(Tower.IMAGE, bytes);
  }

  /** The bytes of a sound file. */
  static EmbedInput audio(byte[] bytes) {
    return new Bytes(Tower.AUDIO, bytes);
  }
}

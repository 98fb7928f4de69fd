// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.embed.EmbedInput;

/** What is looked for. */
public sealed interface Sought {

  /** A content: words, an image, a sound. */
  record Content(EmbedInput input) implements Sought {
    public Content {
      requireNonNull(input, "input is null");
    }
  }

  /** What is like an asset of the release, by its own vectors; itself is no answer. */
  record Asset(String id) implements Sought {
    public Asset {
      requireNonNull(id, "id is null");
    }
  }

  /**
   * A vector that somebody else computed.
   *
   * @param values norm 1; not copied, not to be changed
   * @param encoder digest of the encoder that made it: no other family is asked with it
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Vector(float[] values, String encoder) implements Sought {
    public Vector {
      requireNonNull(values, "values is null");
      requireNonNull(encoder, "encoder is null");
    }
  }

  /** Words to look for. */
  static Sought words(String text) {
    return new Content(EmbedInput.query(text));
  }
}

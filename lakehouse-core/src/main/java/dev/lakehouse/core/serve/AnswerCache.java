// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.filter.Filter;
import dev.lakehouse.core.search.SearchRequest;
import dev.lakehouse.core.search.Sought;
import java.util.List;
import java.util.Optional;

/**
 * Answers for who asks the same again, as the text that they were given as. A release names
 * catalog, policy and encoders by their digests, so an answer under its id is that of no other.
 */
public final class AnswerCache {
  private static final long KEY_BYTES = 512; // of a key, and what stands around it

  private final BoundedCache<Key, String> answers;

  /**
   * What was asked; small, however long the question was.
   *
   * @param release id of the release
   * @param sought kind and digest of what is looked for
   * @param how everything else that makes the answer what it is
   */
  public record Key(String release, String sought, List<Object> how) {
    public Key {
      how = List.copyOf(how);
    }

    /** What somebody asks a release. */
    public static Key of(String release, SearchRequest request) {
      return new Key(
          release,
          digest(request.sought()),
          List.of(
              request.mode(),
              request.family(),
              request.k(),
              request.offset(),
              request.where().map(Filter::toString).map(Digests::sha256),
              request.each(),
              request.collapse(),
              request.fused()));
    }

    private static String digest(Sought sought) {
      if (sought instanceof Sought.Asset asset) {
        return "asset:" + asset.id();
      }
      if (sought instanceof Sought.Content content) {
        return content.input().kind() + ":" + digest(content.input());
      }
      throw new IllegalArgumentException("Nobody asks with " + sought);
    }

    private static String digest(EmbedInput input) {
      if (input instanceof EmbedInput.Query query) {
        return Digests.sha256(query.text());
      }
      if (input instanceof EmbedInput.Text text) {
        return Digests.sha256(text.text());
      }
      if (input instanceof EmbedInput.Bytes bytes) {
        return Digests.sha256(bytes.bytes());
      }
      throw new IllegalArgumentException("Nobody asks with " + input);
    }
  }

  /**
   * A cache without answers.
   *
   * @param most bytes of all answers; 0 keeps none
   */
  public AnswerCache(long most) {
    this.answers =
        new BoundedCache<>(most, answer -> KEY_BYTES + (long) Character.BYTES * answer.length());
  }

  /** The answer to the same question. */
  public Optional<String> find(Key key) {
    return answers.find(key);
  }

  /** Keeps an answer. */
  public void put(Key key, String answer) {
    answers.put(key, answer);
  }

  /** Forgets all, since another release answers now. */
  public void clear() {
    answers.clear();
  }

  /** Bytes of all that is kept. */
  public long bytes() {
    return answers.weighs();
  }

  /** How often an answer was there. */
  public long hits() {
    return answers.hits();
  }

  /** How often none was there. */
  public long misses() {
    return answers.misses();
  }
}

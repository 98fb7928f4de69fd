// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.ItemError;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a source has of an item: a file to read, a text at hand, bytes that were stored, or why
 * none.
 */
public sealed interface Offer {

  /** URI of content that is to be read where it is; none where it is at hand, or there is none. */
  default Optional<String> elsewhere() {
    return Optional.empty();
  }

  /**
   * A file that has not been opened yet.
   *
   * @param uri percent-encoded; names its bytes exactly, whatever the locale
   * @param root URI of the folder that the file must really lie below, links resolved
   * @param whenMissing the code of an item whose file is not there
   * @param listed mark of the state in which it was listed, where the listing told
   */
  record File(String uri, String root, ItemError whenMissing, Optional<String> listed)
      implements Offer {

    /** A file that was named, and not looked at. */
    public File(String uri, String root, ItemError whenMissing) {
      this(uri, root, whenMissing, Optional.empty());
    }

    @Override
    public Optional<String> elsewhere() {
      return Optional.of(uri);
    }
  }

  /**
   * Content that is fetched from the web.
   *
   * @param url encoded, in the one spelling that it has
   * @param field of the list that names it, in words
   */
  record Url(String url, String field) implements Offer {
    @Override
    public Optional<String> elsewhere() {
      return Optional.of(url);
    }
  }

  /** A text that stood in a manifest. It is content and is never taken for a path. */
  record Text(String text) implements Offer {}

  /**
   * A file that the store has already, as what stood in a document.
   *
   * @param sha256 names its bytes
   * @param name what it is called, which may say its type
   */
  record Stored(String sha256, String name) implements Offer {}

  /**
   * Bytes that stood in a table.
   *
   * @param bytes of one content; nobody changes them
   */
  record Bytes(byte[] bytes) implements Offer {
    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "%d bytes".formatted(bytes.length);
    }
  }

  /**
   * Nothing that could be taken.
   *
   * @param code stable code of what stands in the way
   * @param message for people
   */
  record Refused(ItemError code, String message) implements Offer {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import java.io.IOException;
import java.io.InputStream;

/** What a server has of a URL. */
public sealed interface Answer {

  /** What the server says of the state of its content. */
  Validators validators();

  /**
   * Content.
   *
   * @param body to be read while the answer is; it fails with a {@link FetchFailure}
   */
  record Content(Validators validators, InputStream body) implements Answer {}

  /** The content is what it was when the validators that were asked with were given. */
  record Unchanged(Validators validators) implements Answer {}

  /**
   * Takes an answer in.
   *
   * @param <T> what becomes of it
   */
  interface Reading<T> {
    /** Called again, from the first byte, where the connection was lost. */
    T of(Answer answer) throws IOException;
  }
}

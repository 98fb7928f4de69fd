// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.document;

import java.io.Serializable;

/**
 * What is measured of the text of a document, the same as of any other text.
 *
 * @param chars Unicode code points
 * @param words by Unicode word boundaries
 * @param language ISO 639-3, or und
 * @param mojibake share of code points that look wrongly decoded
 * @param emails how many
 * @param phones how many
 */
public record ProseFigures(
    long chars, long words, String language, double mojibake, long emails, long phones) {

  /** Who measures it. */
  public interface Source extends Serializable {
    ProseFigures of(String text);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static dev.lakehouse.core.bundle.description.Checks.check;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How a text becomes token ids.
 *
 * @param file a {@code tokenizer.json} of Hugging Face
 * @param sha256 digest of the file
 * @param maxTokens a longer text is cut here, special tokens included
 * @param padId the id that fills shorter texts of a batch
 * @param padTo every batch is at least this long; 0 for a network that takes any length and is told
 *     what is padding
 * @param queryPrompt what is put in front of a text that is searched for
 * @param documentPrompt what is put in front of any other text
 */
public record TokenizerSpec(
    String file,
    String sha256,
    int maxTokens,
    long padId,
    int padTo,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String queryPrompt,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String documentPrompt) {

  public TokenizerSpec {
    new PinnedFile(file, sha256);
    check(maxTokens > 0, "max-tokens %d: expected at least 1", maxTokens);
    check(padTo >= 0 && padTo <= maxTokens, "pad-to %d: expected 0 to %d", padTo, maxTokens);
    queryPrompt = queryPrompt == null ? "" : queryPrompt;
    documentPrompt = documentPrompt == null ? "" : documentPrompt;
  }

  /** The same with every text as long as the longest that is read. */
  public TokenizerSpec padded() {
    return new TokenizerSpec(
        file, sha256, maxTokens, padId, maxTokens, queryPrompt, documentPrompt);
  }

  PinnedFile content() {
    return new PinnedFile(file, sha256);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

/** A request that is not answered, and why; the sentence is for people. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  static Refusal unknownAsset(String id) {
    return new Refusal(
        404,
        "There is no asset '%s' in the release that answers. 'lakehouse status' tells what became of"
                .formatted(id.length() > 64 ? id.substring(0, 64) + "…" : id)
            + " what was brought in");
  }
}

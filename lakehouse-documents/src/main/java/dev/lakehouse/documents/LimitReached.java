// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.IOException;

/** A refusal on its way through a library that lets nothing else pass. */
final class LimitReached extends IOException {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  LimitReached(Refusal refusal) {
    super(refusal);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}

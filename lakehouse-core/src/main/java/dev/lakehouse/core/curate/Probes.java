// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

/** The probes that measure, each named with its version: another version measures anew. */
public final class Probes {
  /** What measures images. */
  public static final String IMAGE = "image@1";

  /** What measures texts and captions. */
  public static final String TEXT = "text@1";

  private Probes() {}
}

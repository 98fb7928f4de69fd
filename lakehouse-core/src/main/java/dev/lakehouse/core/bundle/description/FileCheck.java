// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

/**
 * What became of a file of a bundle.
 *
 * @param file name inside the bundle
 * @param expected the digest that {@code model.yaml} names
 * @param found the digest of the bytes, or why they could not be read
 */
public record FileCheck(String file, String expected, String found) {

  /** Whether the bytes are the ones that the bundle names. */
  public boolean intact() {
    return expected.equals(found);
  }
}

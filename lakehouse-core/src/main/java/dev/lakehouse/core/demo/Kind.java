// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

/**
 * One to three alike objects of a scene.
 *
 * @param colour never that of the background
 * @param figure their shape
 * @param size their size
 * @param count how many
 */
public record Kind(Colour colour, Figure figure, Size size, int count) {

  boolean looksLike(Kind other) {
    return colour == other.colour && figure == other.figure;
  }

  Kind times(int count) {
    return new Kind(colour, figure, size, count);
  }
}

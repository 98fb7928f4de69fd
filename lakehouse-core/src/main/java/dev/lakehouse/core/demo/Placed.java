// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

/**
 * An object on the canvas.
 *
 * @param figure its shape
 * @param x centre in pixels of the canvas, to the right
 * @param y centre in pixels of the canvas, down
 * @param radius nominal, in pixels of the canvas
 * @param degrees by which it is turned clockwise
 * @param rgb its tint, 0xRRGGBB
 */
public record Placed(Figure figure, double x, double y, double radius, double degrees, int rgb) {
  /** No figure reaches further than this many radii. */
  private static final double REACH = 1.15;

  private static final double MARGIN = 6;

  /** The least distance between the centres of two objects. */
  static double apart(double radius, double other) {
    return REACH * (radius + other) + MARGIN;
  }

  /** The least distance of a centre from every edge. */
  static double inset(double radius) {
    return REACH * radius + MARGIN;
  }

  boolean fits() {
    double inset = inset(radius) - 1e-6;
    double most = Scene.CANVAS - inset;
    return x >= inset && x <= most && y >= inset && y <= most;
  }

  boolean clearOf(Placed other) {
    return Math.hypot(x - other.x, y - other.y) >= apart(radius, other.radius);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.List;

/** The nine shapes. Their order enters the held-out rules. */
public enum Figure {
  CIRCLE(disc(1), new Word("circle"), new Word("disc"), new Word("dot")),
  SQUARE(
      polygon(-0.86, -0.86, 0.86, -0.86, 0.86, 0.86, -0.86, 0.86),
      new Word("square"),
      new Word("box", "boxes")),
  TRIANGLE(rays(3, -90, 1.12, 1.12), new Word("triangle")),
  STAR(rays(10, -90, 1.12, 0.47), new Word("star")),
  HEXAGON(rays(6, 0, 1.02, 1.02), new Word("hexagon")),
  CROSS(cross(1.0, 0.34), new Word("cross", "crosses"), new Word("plus", "pluses")),
  RING(ring(0.56), new Word("ring"), new Word("hoop")),
  DIAMOND(
      polygon(0, -1.14, 0.76, 0, 0, 1.14, -0.76, 0),
      new Word("diamond"),
      new Word("rhombus", "rhombuses")),
  HEART(heart(64), new Word("heart"));

  /**
   * What a shape is called.
   *
   * @param one of them
   * @param several of them
   */
  record Word(String one, String several) {
    Word(String one) {
      this(one, one + "s");
    }
  }

  private final Shape outline;
  private final List<Word> words;

  Figure(Shape outline, Word... words) {
    this.outline = outline;
    this.words = List.of(words);
  }

  /** The shape about the origin, x to the right, y down, in units of its nominal radius. */
  Shape outline() {
    return outline;
  }

  /** What the shape is called; the usual word stands first. */
  List<Word> words() {
    return words;
  }

  /** Whether turning it changes it. */
  boolean turns() {
    return this != CIRCLE && this != RING;
  }

  private static Shape disc(double radius) {
    return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
  }

  private static Shape ring(double hole) {
    Path2D ring = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    ring.append(disc(1), false);
    ring.append(disc(hole), false);
    return ring;
  }

  /** Points at equal angles, from {@code start} degrees on, with radii in turn. */
  private static Shape rays(int points, double start, double evenRadius, double oddRadius) {
    double[] xy = new double[2 * points];
    for (int i = 0; i < points; i++) {
      double angle = Math.toRadians(start + 360.0 * i / points);
      double radius = i % 2 == 0 ? evenRadius : oddRadius;
      xy[2 * i] = radius * Math.cos(angle);
      xy[2 * i + 1] = radius * Math.sin(angle);
    }
    return polygon(xy);
  }

  private static Shape cross(double reach, double half) {
    return polygon(
        -half, -reach, half, -reach, half, -half, reach, -half, reach, half, half, half, //
        half, reach, -half, reach, -half, half, -reach, half, -reach, -half, -half, -half);
  }

  private static Shape heart(int points) {
    double[] xy = new double[2 * points];
    for (int i = 0; i < points; i++) {
      double t = 2 * Math.PI * i / points;
      double up = 13 * Math.cos(t) - 5 * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t);
      xy[2 * i] = Math.pow(Math.sin(t), 3);
      xy[2 * i + 1] = (-up - 2.5) / 16;
    }
    return polygon(xy);
  }

  private static Shape polygon(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }
}

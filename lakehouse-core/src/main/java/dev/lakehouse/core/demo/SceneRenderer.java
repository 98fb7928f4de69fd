// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/** Draws scenes: flat colours, smooth edges, no outlines. */
public final class SceneRenderer {

  private SceneRenderer() {}

  /**
   * The picture of a scene.
   *
   * @param size width and height in pixels
   * @return RGB
   */
  public static BufferedImage draw(Scene scene, int size) {
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    try {
      pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      pen.setColor(new Color(scene.backgroundRgb()));
      pen.fillRect(0, 0, size, size);
      pen.scale(size / (double) Scene.CANVAS, size / (double) Scene.CANVAS);
      for (Placed object : scene.objects()) {
        pen.setColor(new Color(object.rgb()));
        pen.fill(place(object).createTransformedShape(object.figure().outline()));
      }
    } finally {
      pen.dispose();
    }
    return picture;
  }

  private static AffineTransform place(Placed object) {
    AffineTransform place = AffineTransform.getTranslateInstance(object.x(), object.y());
    place.rotate(Math.toRadians(object.degrees()));
    place.scale(object.radius(), object.radius());
    return place;
  }
}

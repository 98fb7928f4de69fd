// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.saliency;

import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.picture.PictureWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much of the likeness of a picture to a question comes from where.
 *
 * @param cosine of question and picture
 * @param cells along each side
 * @param drops by how much the cosine falls where each cell is covered, row by row from the top
 *     left; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record SaliencyMap(double cosine, int cells, double[] drops) {
  /** What falls by so much of the greatest fall belongs to what was found. */
  private static final double REGION = 0.6;

  /** A fall that says nothing: the model's own uncertainty. */
  private static final double NOISE = 0.005;

  /** How bright stays what is of no matter, of 1. */
  private static final double DIM = 0.3;

  /** Colour of the box around what was found. */
  private static final int[] BOX = {255, 214, 0};

  /**
   * A part of the picture, in shares of its width and height.
   *
   * @param left from 0
   * @param top from 0
   * @param right to 1
   * @param bottom to 1
   */
  public record Box(double left, double top, double right, double bottom) {}

  /** The part around the greatest fall; none where covering nothing makes a difference. */
  public Optional<Box> box() {
    int peak = peak();
    if (drops[peak] < NOISE) {
      return Optional.empty();
    }
    boolean[] seen = new boolean[drops.length];
    Deque<Integer> open = new ArrayDeque<>(List.of(peak));
    seen[peak] = true;
    int left = cells;
    int top = cells;
    int right = 0;
    int bottom = 0;
    while (!open.isEmpty()) {
      int cell = open.remove();
      left = Math.min(left, cell % cells);
      right = Math.max(right, cell % cells + 1);
      top = Math.min(top, cell / cells);
      bottom = Math.max(bottom, cell / cells + 1);
      for (int next : beside(cell)) {
        if (!seen[next] && drops[next] >= REGION * drops[peak]) {
          seen[next] = true;
          open.add(next);
        }
      }
    }
    double side = cells;
    return Optional.of(new Box(left / side, top / side, right / side, bottom / side));
  }

  private int peak() {
    int peak = 0;
    for (int i = 1; i < drops.length; i++) {
      peak = drops[i] > drops[peak] ? i : peak;
    }
    return peak;
  }

  private List<Integer> beside(int cell) {
    List<Integer> beside = new ArrayList<>();
    if (cell % cells > 0) {
      beside.add(cell - 1);
    }
    if (cell % cells < cells - 1) {
      beside.add(cell + 1);
    }
    if (cell >= cells) {
      beside.add(cell - cells);
    }
    if (cell < cells * (cells - 1)) {
      beside.add(cell + cells);
    }
    return beside;
  }

  /**
   * The picture, bright and in colour where it shows what was asked for, dim and grey elsewhere,
   * with a line around {@link #box}; a PNG of its size.
   */
  public byte[] png(PixelImage picture) {
    int width = picture.width();
    byte[] rgb = new byte[picture.rgb().length];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < width; x++) {
        shade(picture.rgb(), 3 * (y * width + x), light(x, y, picture), rgb);
      }
    }
    box().ifPresent(box -> outline(box, width, picture.height(), rgb));
    return PictureWriter.png(new PixelImage(width, picture.height(), rgb));
  }

  private static void shade(byte[] from, int at, double light, byte[] to) {
    int red = from[at] & 0xFF;
    int green = from[at + 1] & 0xFF;
    int blue = from[at + 2] & 0xFF;
    double grey = DIM * (0.299 * red + 0.587 * green + 0.114 * blue); // ITU-R BT.601
    to[at] = (byte) Math.round(light * red + (1 - light) * grey);
    to[at + 1] = (byte) Math.round(light * green + (1 - light) * grey);
    to[at + 2] = (byte) Math.round(light * blue + (1 - light) * grey);
  }

  /** From 0 to 1, bilinear between the centres of cells. */
  private double light(int x, int y, PixelImage picture) {
    double peak = drops[peak()];
    if (peak < NOISE) {
      return 0;
    }
    double column = (x + 0.5) * cells / picture.width() - 0.5;
    double row = (y + 0.5) * cells / picture.height() - 0.5;
    double right = column - Math.floor(column);
    double below = row - Math.floor(row);
    double drop =
        (1 - below) * ((1 - right) * drop(row, column) + right * drop(row, column + 1))
            + below * ((1 - right) * drop(row + 1, column) + right * drop(row + 1, column + 1));
    return Math.max(0, Math.min(1, drop / peak));
  }

  private double drop(double row, double column) {
    int y = Math.max(0, Math.min(cells - 1, (int) Math.floor(row)));
    int x = Math.max(0, Math.min(cells - 1, (int) Math.floor(column)));
    return drops[y * cells + x];
  }

  private static void outline(Box box, int width, int height, byte[] rgb) {
    int left = (int) (box.left() * (width - 1));
    int right = (int) (box.right() * (width - 1));
    int top = (int) (box.top() * (height - 1));
    int bottom = (int) (box.bottom() * (height - 1));
    int line = Math.max(1, Math.max(width, height) / 200);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        int edge = Math.min(Math.min(x - left, right - x), Math.min(y - top, bottom - y));
        for (int band = 0; edge < line && band < 3; band++) {
          rgb[3 * (y * width + x) + band] = (byte) BOX[band];
        }
      }
    }
  }

  /** As JSON: {@code {"cosine", "cells", "drops": [[number]], "box": {…}}}. */
  public Map<String, Object> toJson() {
    List<List<Double>> rows = new ArrayList<>();
    for (int row = 0; row < cells; row++) {
      List<Double> values = new ArrayList<>();
      for (int column = 0; column < cells; column++) {
        values.add(drops[row * cells + column]);
      }
      rows.add(values);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cosine", cosine);
    json.put("cells", cells);
    json.put("drops", rows);
    box()
        .ifPresent(
            box ->
                json.put(
                    "box",
                    Map.of(
                        "left", box.left(),
                        "top", box.top(),
                        "right", box.right(),
                        "bottom", box.bottom())));
    return json;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import dev.lakehouse.core.bundle.description.Graph;
import dev.lakehouse.core.bundle.description.Pooling;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a tower's output as one vector per item.
 *
 * <p>Looks at the width before anything else: numbers that are not as many as the bundle's
 * dimension are another space, whatever the output is called, and are never cut, padded or
 * projected into this one.
 */
public final class Pooled {
  /** Changes when the same output would become other vectors; part of the encoder's name. */
  public static final String STEPS = "pool@1 l2@1";

  private Pooled() {}

  /**
   * What the network says of each item of a batch.
   *
   * @param rows items of the batch
   * @param mask which positions count, for outputs with positions; all of them without
   * @throws InferenceException naming the shape that was expected and the one that came
   */
  public static float[][] of(
      Tensor.Floats output, Graph graph, int rows, Optional<LongBuffer> mask) {
    long[] shape = squeezed(output.shape());
    int width = graph.width();
    boolean fits =
        shape.length == (graph.pooling() == Pooling.NONE ? 2 : 3)
            && shape[0] == rows
            && shape[shape.length - 1] == width
            && (mask.isEmpty() || shape.length == 2 || mask.get().limit() == rows * shape[1]);
    if (!fits) {
      throw new InferenceException(
          "Output %s has shape %s: expected %s for pooling %s. Import the model again"
              .formatted(
                  graph.output(),
                  Arrays.toString(output.shape()),
                  graph.pooling() == Pooling.NONE
                      ? "[%d, %d]".formatted(rows, width)
                      : "[%d, tokens, %d]".formatted(rows, width),
                  graph.pooling()));
    }
    float[][] vectors = new float[rows][width];
    int positions = shape.length == 2 ? 1 : Math.toIntExact(shape[1]);
    for (int row = 0; row < rows; row++) {
      int first = row * positions;
      switch (graph.pooling()) {
        case NONE, FIRST -> output.values().get(first * width, vectors[row]);
        case MEAN -> mean(output.values(), first, positions, mask, vectors[row]);
      }
    }
    return vectors;
  }

  /** Axes of length one at the end, and between the items and the width, say nothing. */
  private static long[] squeezed(long[] shape) {
    int axes = shape.length;
    while (axes > 2 && shape[axes - 1] == 1) {
      axes--;
    }
    return Arrays.copyOf(shape, axes);
  }

  private static void mean(
      FloatBuffer values, int first, int positions, Optional<LongBuffer> mask, float[] vector) {
    double[] sums = new double[vector.length];
    float[] hidden = new float[vector.length]; // read as a whole: a buffer's single reads are slow
    int counted = 0;
    for (int at = first; at < first + positions; at++) {
      if (mask.isPresent() && mask.get().get(at) == 0) {
        continue;
      }
      counted++;
      values.get(at * vector.length, hidden);
      for (int i = 0; i < vector.length; i++) {
        sums[i] += hidden[i];
      }
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (sums[i] / Math.max(1, counted));
    }
  }

  /**
   * The means of vectors that belong together, each with norm 1 before it counts.
   *
   * @param counts how many belong to each item, one after the other
   * @return one for each item, not normalised; not a number where a vector has no direction
   */
  public static float[][] means(float[][] vectors, List<Integer> counts) {
    float[][] means = new float[counts.size()][];
    int from = 0;
    for (int item = 0; item < means.length; item++) {
      int to = from + counts.get(item);
      means[item] = mean(Arrays.copyOfRange(vectors, from, to));
      from = to;
    }
    return means;
  }

  private static float[] mean(float[][] vectors) {
    float[] mean = new float[vectors[0].length];
    for (float[] vector : vectors) {
      if (!normalise(vector)) {
        Arrays.fill(mean, Float.NaN);
        return mean;
      }
      for (int i = 0; i < mean.length; i++) {
        mean[i] += vector[i] / vectors.length;
      }
    }
    return mean;
  }

  /** Makes the norm 1; false if the vector has no direction. */
  public static boolean normalise(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    if (!Double.isFinite(squares) || squares < 1e-24) {
      return false;
    }
    double scale = 1 / Math.sqrt(squares);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] * scale);
    }
    return true;
  }

  /** The cosine of two vectors of norm 1. */
  public static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}

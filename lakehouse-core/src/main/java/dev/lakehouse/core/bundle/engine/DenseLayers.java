// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import dev.lakehouse.core.bundle.description.Dense;
import dev.lakehouse.core.bundle.description.Graph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The layers after the pooling of a tower, with their weights. Threads may share them. */
public final class DenseLayers {
  private record Layer(Dense dense, float[] weights, float[] offsets) {}

  private final List<Layer> layers;

  private DenseLayers(List<Layer> layers) {
    this.layers = layers;
  }

  /**
   * Reads the weights.
   *
   * @throws IllegalArgumentException if a file does not hold what the graph says
   */
  public static DenseLayers read(Path folder, Graph graph) throws IOException {
    List<Layer> layers = new ArrayList<>();
    for (Dense dense : graph.dense()) {
      Safetensors file = Safetensors.read(folder.resolve(dense.file()));
      float[] weights = file.floats("linear.weight", dense.out(), dense.in());
      float[] offsets =
          file.has("linear.bias")
              ? file.floats("linear.bias", dense.out())
              : new float[dense.out()];
      layers.add(new Layer(dense, weights, offsets));
    }
    return new DenseLayers(layers);
  }

  /** What the layers make of vectors. */
  public float[][] of(float[][] vectors) {
    if (layers.isEmpty()) {
      return vectors;
    }
    float[][] through = new float[vectors.length][];
    for (int row = 0; row < vectors.length; row++) {
      float[] vector = vectors[row];
      for (Layer layer : layers) {
        vector = through(layer, vector);
      }
      through[row] = vector;
    }
    return through;
  }

  private static float[] through(Layer layer, float[] vector) {
    float[] made = new float[layer.dense().out()];
    for (int i = 0; i < made.length; i++) {
      double sum = layer.offsets()[i];
      int at = i * vector.length;
      for (float number : vector) {
        sum += (double) layer.weights()[at++] * number;
      }
      made[i] =
          (float) (layer.dense().activation() == Dense.Activation.TANH ? Math.tanh(sum) : sum);
    }
    return made;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Vectors of a released lake, questions, and their true answers, in files that every system reads:
 * little-endian, one vector after the other.
 *
 * <p>{@code base.f32} and {@code query.f32} have vectors of norm 1, {@code nearest.i32} the
 * positions of the {@value #K} rows of largest inner product for each question, {@code rows.tsv}
 * the identity and the text of each row in the order of {@code base.f32}.
 *
 * @param folder where they are
 * @param dimension of the vectors
 */
record SearchData(Path folder, int dimension) {
  static final int K = 10;

  /** Writes vectors into a file of the folder. */
  void write(String file, List<float[]> vectors) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            folder.resolve(file),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes =
          ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] vector : vectors) {
        bytes.clear();
        bytes.asFloatBuffer().put(vector);
        while (bytes.hasRemaining()) {
          int unused = out.write(bytes);
        }
      }
    }
  }

  float[][] read(String file) throws IOException {
    ByteBuffer bytes = little(file);
    float[][] vectors = new float[bytes.remaining() / Float.BYTES / dimension][dimension];
    var numbers = bytes.asFloatBuffer();
    for (float[] vector : vectors) {
      numbers.get(vector);
    }
    return vectors;
  }

  private ByteBuffer little(String file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file))).order(ByteOrder.LITTLE_ENDIAN);
  }

  int[][] nearest() throws IOException {
    var numbers = little("nearest.i32").asIntBuffer();
    int[][] nearest = new int[numbers.remaining() / K][K];
    for (int[] each : nearest) {
      numbers.get(each);
    }
    return nearest;
  }

  /** Finds the true answers by comparing all with all, on all cores. */
  void writeNearest() throws IOException {
    float[][] base = read("base.f32");
    float[][] queries = read("query.f32");
    int[][] nearest = new int[queries.length][];
    IntStream.range(0, queries.length)
        .parallel()
        .forEach(i -> nearest[i] = nearest(base, queries[i]));
    ByteBuffer bytes =
        ByteBuffer.allocate(queries.length * K * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int[] each : nearest) {
      for (int row : each) {
        bytes.putInt(row);
      }
    }
    Files.write(folder.resolve("nearest.i32"), bytes.array());
  }

  private static int[] nearest(float[][] base, float[] query) {
    double[] best = new double[K];
    int[] rows = new int[K];
    java.util.Arrays.fill(best, Double.NEGATIVE_INFINITY);
    for (int row = 0; row < base.length; row++) {
      double product = product(base[row], query);
      if (product > best[K - 1]) {
        int at = K - 1;
        for (; at > 0 && best[at - 1] < product; at--) {
          best[at] = best[at - 1];
          rows[at] = rows[at - 1];
        }
        best[at] = product;
        rows[at] = row;
      }
    }
    return rows;
  }

  private static double product(float[] one, float[] other) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int i = 0; i + 3 < one.length; i += 4) { // four sums, which a processor keeps apart
      a += one[i] * other[i];
      b += one[i + 1] * other[i + 1];
      c += one[i + 2] * other[i + 2];
      d += one[i + 3] * other[i + 3];
    }
    return (double) a + b + c + d;
  }
}

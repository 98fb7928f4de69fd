// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/**
 * Compares what an index finds with what a look at every row finds, for vectors that it holds
 * itself: half of them spread over all rows, half over the fragment that was written last, which a
 * large index would hide. Always the same ones of the same rows.
 *
 * <p>A vector is no neighbour of itself. What is as near as the tenth neighbour is as good as it.
 */
final class RecallCheck {
  private static final int K = 10;
  private static final int MAX_SAMPLE = 200;
  private static final int MIN_SAMPLE = 20;

  /** The larger an index, the smaller the sample: a few seconds of multiplying. */
  private static final double MULTIPLICATIONS = 8e9;

  /** Two computations of one cosine differ by less. */
  private static final double SAME = 1e-5;

  /** Vectors have norm 1, to less than this. */
  private static final double ODD_NORM = 0.01;

  private final Dataset dataset;
  private final int dim;

  RecallCheck(Dataset dataset, int dim) {
    this.dataset = dataset;
    this.dim = dim;
  }

  /**
   * What came of it.
   *
   * @param sample vectors that were looked for
   * @param share of their ten nearest neighbours that the index found
   */
  record Result(int sample, double share) {}

  /** Looks for the sample, by the index and past it. */
  Result run() {
    List<Neighbours> sample = sample().stream().map(Neighbours::new).toList();
    ScanOptions all = new ScanOptions.Builder().columns(List.of(IndexColumns.VECTOR)).build();
    scan(
        all,
        IndexColumns.VECTOR,
        batch -> {
          float[] vectors = floats((FixedSizeListVector) batch);
          sample.parallelStream().forEach(each -> each.compare(vectors));
        });
    double found = sample.stream().mapToDouble(each -> each.share(found(each.vector))).sum();
    return new Result(sample.size(), sample.isEmpty() ? 1 : found / sample.size());
  }

  private List<float[]> sample() {
    long rows = dataset.countRows();
    double affordable = MULTIPLICATIONS / Math.max(1.0, (double) rows * dim);
    int size = (int) Math.min(rows, Math.max(MIN_SAMPLE, Math.min(MAX_SAMPLE, affordable)));
    List<Fragment> fragments = dataset.getFragments();
    long last = fragments.isEmpty() ? 0 : fragments.get(fragments.size() - 1).countRows();
    int ofLast = (int) Math.min(size / 2, last);
    List<Long> places =
        LongStream.concat(spread(0, rows, size - ofLast), spread(rows - last, last, ofLast))
            .boxed()
            .toList();
    List<float[]> sample = new ArrayList<>();
    try (ArrowReader taken = dataset.take(places, List.of(IndexColumns.VECTOR))) {
      forEachBatch(
          taken,
          IndexColumns.VECTOR,
          batch ->
              IntStream.range(0, batch.getValueCount())
                  .forEach(row -> sample.add((float[]) IndexArrow.get(batch, row))));
    } catch (Exception e) {
      throw unreadable(e);
    }
    return sample;
  }

  private static LongStream spread(long first, long count, int size) {
    return LongStream.range(0, size).map(i -> first + i * count / size);
  }

  /** Cosines of what the index finds for a vector, itself among it. */
  private List<Double> found(float[] vector) {
    ScanOptions nearest =
        new ScanOptions.Builder()
            .nearest(VectorIndex.query(vector, K + 1))
            .columns(List.of(IndexColumns.ASSET_ID, IndexReader.DISTANCE))
            .build();
    List<Double> cosines = new ArrayList<>();
    scan(
        nearest,
        IndexReader.DISTANCE,
        batch ->
            IntStream.range(0, batch.getValueCount())
                .forEach(row -> cosines.add(1.0 - ((Float4Vector) batch).get(row))));
    return cosines;
  }

  private void scan(ScanOptions options, String column, Consumer<FieldVector> visitor) {
    try (LanceScanner scanner = dataset.newScan(options);
        ArrowReader batches = scanner.scanBatches()) {
      forEachBatch(batches, column, visitor);
    } catch (Exception e) {
      throw unreadable(e);
    }
  }

  private static void forEachBatch(
      ArrowReader batches, String column, Consumer<FieldVector> visitor)
      throws java.io.IOException {
    while (batches.loadNextBatch()) {
      visitor.accept(batches.getVectorSchemaRoot().getVector(column));
    }
  }

  private LakehouseException unreadable(Exception e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot read index %s: %s", dataset.uri(), e.getMessage());
  }

  private float[] floats(FixedSizeListVector vectors) {
    float[] floats = new float[vectors.getValueCount() * dim];
    vectors
        .getDataVector()
        .getDataBuffer()
        .nioBuffer(0, floats.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(floats);
    return floats;
  }

  /** The nearest rows to a vector of all that it was compared with. */
  private static final class Neighbours {
    private final float[] vector;
    private final double norm;

    /** Cosines, least first; the vector itself is one of them. */
    private final double[] best = new double[K + 1];

    Neighbours(float[] vector) {
      this.vector = vector;
      this.norm = Math.sqrt(dot(vector, vector, 0));
      Arrays.fill(best, Double.NEGATIVE_INFINITY);
    }

    void compare(float[] rows) {
      for (int first = 0; first < rows.length; first += vector.length) {
        double dot = dot(vector, rows, first);
        if (dot > (best[0] - ODD_NORM) * norm) { // few are: only these need their own norm
          keep(dot / (norm * norm(rows, first)));
        }
      }
    }

    private double norm(float[] rows, int first) {
      double square = 0;
      for (int i = first; i < first + vector.length; i++) {
        square += (double) rows[i] * rows[i];
      }
      return Math.sqrt(square);
    }

    private void keep(double cosine) {
      if (cosine <= best[0]) {
        return;
      }
      int place = 0;
      while (place + 1 < best.length && best[place + 1] < cosine) {
        best[place] = best[place + 1];
        place++;
      }
      best[place] = cosine;
    }

    /** Four sums at once, which a processor adds side by side. */
    private static float dot(float[] vector, float[] rows, int first) {
      float a = 0;
      float b = 0;
      float c = 0;
      float d = 0;
      int i = 0;
      for (; i + 3 < vector.length; i += 4) {
        a += vector[i] * rows[first + i];
        b += vector[i + 1] * rows[first + i + 1];
        c += vector[i + 2] * rows[first + i + 2];
        d += vector[i + 3] * rows[first + i + 3];
      }
      for (; i < vector.length; i++) {
        a += vector[i] * rows[first + i];
      }
      return a + b + c + d;
    }

    /** The share of the neighbours that are among what was found. */
    double share(List<Double> found) {
      int there = (int) Arrays.stream(best).filter(Double::isFinite).count() - 1;
      if (there == 0) {
        return 1;
      }
      double tenth = best[best.length - 1 - there];
      long itself = found.stream().anyMatch(cosine -> cosine > 1 - SAME) ? 1 : 0;
      long near = found.stream().filter(cosine -> cosine > tenth - SAME).count();
      return Math.min(there, near - itself) / (double) there;
    }
  }
}

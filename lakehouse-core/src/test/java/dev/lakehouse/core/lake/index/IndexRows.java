// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Rows of an index, made from numbers: the same number is always the same row. */
public final class IndexRows {
  public static final int DIM = 16;

  private IndexRows() {}

  /** Rows {@code from} (inclusive) to {@code to} (exclusive). */
  public static List<Object[]> range(int from, int to) {
    return IntStream.range(from, to).mapToObj(IndexRows::row).toList();
  }

  /** One row; every third has no title, every second is an image. */
  public static Object[] row(int number) {
    boolean image = number % 2 == 0;
    return Values.of(IndexColumns.TABLE)
        .set("asset_id", id(number))
        .set("segment", "whole")
        .set("vector", vector(number))
        .set("title", number % 3 == 0 ? null : "title " + number)
        .set("excerpt", image ? null : "the excerpt of row " + number)
        .set("uri", "file:///source/" + number)
        .set("modality", image ? "image" : "text")
        .set("media_type", image ? "image/png" : "text/plain")
        .set("language", image ? null : number % 5 == 0 ? "deu" : "eng")
        .set("source", "sample")
        .set("width", image ? 100 + number : null)
        .set("height", image ? 200 + number : null)
        .set("sha256", Digests.sha256("content " + number))
        .set("input_sha256", Digests.sha256("content " + number))
        .toArray();
  }

  /** The id of a row. */
  public static String id(int number) {
    return "asset%05d".formatted(number);
  }

  /** A vector of norm 1 that looks random. */
  public static float[] vector(int seed) {
    Random random = new Random(seed);
    float[] vector = new float[DIM];
    double square = 0;
    for (int i = 0; i < DIM; i++) {
      vector[i] = (float) random.nextGaussian();
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < DIM; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }

  /** The cosine of two vectors of norm 1. */
  public static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** All ids of an index version, sorted. */
  public static List<String> ids(IndexPlace place, long version) {
    List<String> ids = new ArrayList<>();
    try (IndexReader reader = IndexReader.open(place, version);
        RowCursor rows = reader.rows(List.of("asset_id"))) {
      rows.forEachRemaining(row -> ids.add((String) row[0]));
    }
    return ids.stream().sorted().toList();
  }
}

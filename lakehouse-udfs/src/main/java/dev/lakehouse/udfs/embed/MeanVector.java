// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** The mean of vectors, of length 1: one vector for what has several. */
public final class MeanVector {
  /** Below it the vectors cancel each other out, and what is left is rounding. */
  private static final double NO_DIRECTION = 1e-6;

  private static final UserDefinedFunction MEAN =
      udf(
          (UDF1<Seq<Seq<Float>>, float[]>) MeanVector::mean,
          DataTypes.createArrayType(DataTypes.FloatType, false));

  private MeanVector() {}

  /**
   * The mean of an array of vectors.
   *
   * @param vectors {@code ARRAY<ARRAY<FLOAT>>} of one length, in the order in which they are summed
   * @return {@code ARRAY<FLOAT>}; null where there is no vector, or where they point nowhere
   *     together
   */
  public static Column of(Column vectors) {
    return MEAN.apply(vectors);
  }

  @SuppressWarnings("NullAway") // Spark's columns know null, and it means "no vector"
  private static float @Nullable [] mean(Seq<Seq<Float>> vectors) {
    if (vectors == null || vectors.isEmpty()) {
      return null;
    }
    double[] sum = new double[vectors.head().length()];
    for (int i = 0; i < vectors.length(); i++) {
      Seq<Float> vector = vectors.apply(i);
      for (int j = 0; j < sum.length; j++) {
        sum[j] += vector.apply(j);
      }
    }
    double squares = 0;
    for (double value : sum) {
      squares += value * value;
    }
    double norm = Math.sqrt(squares);
    if (norm < NO_DIRECTION * vectors.length()) {
      return null;
    }
    float[] mean = new float[sum.length];
    for (int j = 0; j < mean.length; j++) {
      mean[j] = (float) (sum[j] / norm);
    }
    return mean;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.own;

import dev.lakehouse.bench.Agreement;
import dev.lakehouse.bench.Task;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.kind.EncoderSpecs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a peer wrote, beside what the lakehouse makes of the same inputs. */
public final class PeerVectors {
  private static final int SAMPLE = 200;
  private static final String DEVICE = "cpu";

  private PeerVectors() {}

  /**
   * Compares some of them.
   *
   * @param written Parquet with {@code input}, a text or the URI of a file, and {@code vector}
   */
  public static Agreement of(Task task, String written) throws IOException {
    DoubleSummaryStatistics cosines = new DoubleSummaryStatistics();
    try (SparkSession spark = PreparedLake.session(task.cores());
        Lease<Encoder> encoder = WarmEncoders.lease(spec(task), DEVICE)) {
      List<Row> sample =
          spark
              .read()
              .parquet(written)
              .orderBy("input")
              .selectExpr("input", "cast(vector as array<double>) vector")
              .limit(SAMPLE)
              .collectAsList();
      for (Row row : sample) {
        EmbedInput input = input(task, row.getString(0));
        float[] ours = encoder.value().encode(List.of(input)).get(0).vector().orElseThrow();
        cosines.accept(cosine(ours, row.getList(1)));
      }
    }
    return new Agreement(cosines.getCount(), cosines.getMin(), cosines.getAverage());
  }

  private static EncoderSpec spec(Task task) {
    boolean pictures = task.workload().isPictures();
    return EncoderSpecs.of(
        pictures ? PreparedLake.CLIP : "minilm",
        ModelsRoot.at(task.data().folder().resolve("models").toUri().toString()),
        pictures ? Tower.IMAGE : Tower.TEXT,
        Limits.from(Settings.defaults()));
  }

  private static EmbedInput input(Task task, String input) throws IOException {
    return task.workload().isPictures()
        ? EmbedInput.image(Files.readAllBytes(Path.of(URI.create(input))))
        : EmbedInput.text(input);
  }

  private static double cosine(float[] ours, List<Double> theirs) {
    double product = 0;
    double squares = 0;
    for (int i = 0; i < ours.length; i++) {
      product += ours[i] * theirs.get(i);
      squares += theirs.get(i) * theirs.get(i);
    }
    return product / Math.sqrt(squares);
  }
}

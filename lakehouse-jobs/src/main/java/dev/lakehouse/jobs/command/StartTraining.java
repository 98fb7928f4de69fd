// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.kind.EncoderSpecs;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.core.lake.index.FragmentWriter;
import dev.lakehouse.core.lake.index.IndexChange;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexReader;
import dev.lakehouse.core.lake.index.IndexVersion;
import dev.lakehouse.core.lake.index.LanceIndex;
import dev.lakehouse.core.lake.index.WordQuery;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.SearchResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine;

/**
 * Goes through everything that a search and a look at a lake go through, once, while the runtime is
 * assembled: the JVM archives the classes that it saw, and every later one starts in half the time.
 */
final class StartTraining {
  private static final Settings SETTINGS = Settings.defaults();
  private static final Configuration HADOOP = HadoopSettings.configuration(Map.of());

  private StartTraining() {}

  /** The argument is a small lake, as Spark wrote it. */
  public static void main(String[] arguments) throws IOException {
    new CommandLine(new Main()).parseArgs("search", "a question", "--json");
    ReleaseReader.current(LakeLayout.of(arguments[0], SETTINGS), HADOOP);
    System.setProperty("lakehouse.columns", "120");
    look("status", arguments[0]);
    look("status", arguments[0], "--json");
    look("status", arguments[0], "--reason", "CORRUPT");
    look("table", arguments[0], "verdicts", "--where", "has(reasons, 'X') OR asset_id != 'x'");
    look("table", arguments[0], "assets", "--where", "first_seen > '2020' AND title LIKE '%x'");
    look("table", arguments[0], "catalog");
    look("table", arguments[0], "dead_letters", "--columns", "source_uri,error_code");
    look("table", arguments[0], "runs");
    look("release", arguments[0], "list");
    look("review", arguments[0], "list");
    look("model", arguments[0], "list");
    Path folder = Files.createTempDirectory("lakehouse-training-");
    search(FamilySpec.TEXT, "minilm", folder);
    search(FamilySpec.CLIP, "shapes-clip", folder);
    embed(spec("shapes-clip", Tower.IMAGE, folder.toString()), picture());
  }

  /** Asks a lake something; what it answers is nobody's business. */
  private static void look(String command, String lake, String... more) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of(more));
    words.addAll(List.of("--lake", lake));
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    int exitCode = Main.run(nowhere, nowhere, words.toArray(String[]::new));
    if (exitCode != 0) {
      throw new IllegalStateException("Exit code %d of %s".formatted(exitCode, words));
    }
  }

  private static EmbedInput picture() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
    return EmbedInput.image(png.toByteArray());
  }

  private static EncoderSpec spec(String bundle, String tower, String lake) {
    LakeLayout layout = LakeLayout.of(lake, SETTINGS);
    return EncoderSpecs.of(bundle, ModelsRoot.at(layout.modelsUri()), tower, Limits.from(SETTINGS));
  }

  /** Makes an index of one row in a folder, and asks it. */
  private static void search(String family, String bundle, Path folder) {
    LakeLayout layout = LakeLayout.of(folder.toString(), SETTINGS);
    EncoderSpec spec = spec(bundle, Tower.TEXT, folder.toString());
    SearchQuery query =
        SearchQuery.text(family, "a red circle", 1, Optional.of("modality = 'text'"));
    float[] vector = embed(spec, query.input());
    IndexPlace place = IndexPlace.of(layout, IndexPlace.path(family, spec.encoder()), HADOOP);
    IndexVersion version =
        LanceIndex.at(place, spec.dimension())
            .commit(
                IndexChange.whole(
                    Digests.sha256(family),
                    FragmentWriter.write(
                        place, spec.dimension(), List.<Object[]>of(row(vector)).iterator())));
    try (IndexReader reader = IndexReader.open(place, version.version())) {
      Optional<String> where = query.where().map(filter -> filter.toLance());
      new SearchResult("", 1, family, "", reader.nearest(vector, query.k(), where)).toJson();
      reader.holding(WordQuery.of("red \"a circle\""), query.k(), where);
    }
  }

  private static float[] embed(EncoderSpec spec, EmbedInput input) {
    try (Lease<Encoder> encoder = WarmEncoders.lease(spec, "cpu")) {
      return encoder.value().encode(List.of(input)).get(0).vector().orElseThrow();
    }
  }

  private static Object[] row(float[] vector) {
    Values row =
        Values.of(IndexColumns.TABLE)
            .set(IndexColumns.VECTOR, vector)
            .set(IndexColumns.WORDS, "a red circle");
    IndexColumns.TABLE.columns().stream()
        .filter(column -> !column.nullable() && !column.name().equals(IndexColumns.VECTOR))
        .forEach(column -> row.set(column.name(), "text"));
    return row.toArray();
  }
}

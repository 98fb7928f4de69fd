// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.demo.WordFile;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.RunResult;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.lake.release.PublishResult.Outcome;
import dev.lakehouse.jobs.pipeline.sweep.Repair;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in documents becomes assets of its own. */
class TestEnclosed {
  private static final List<Scene> SHOWN = Scene.unseenGallery(3, 70_000);

  @TempDir Path folder;

  private Lakehouse lake(Map<String, String> settings) {
    return new LakeOfFiles(folder).with(settings);
  }

  private RunResult run(Lakehouse lake) {
    return new LakeOfFiles(folder).run(lake, Map.of("name", "in"));
  }

  /** A mail with a report, in which pictures are shown, and a short note. */
  private static String mail(byte[] report) {
    String encoded = Base64.getMimeEncoder().encodeToString(report);
    return """
    From: mill@example.org
    To: bridge@example.org
    Subject: The report of the spring
    Date: Mon, 05 Jan 2026 10:00:00 +0000
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="part"

    --part
    Content-Type: text/plain; charset=utf-8

    Here is the report about the bridge that we spoke of, with its drawings.
    --part
    Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document
    Content-Disposition: attachment; filename="report.docx"
    Content-Transfer-Encoding: base64

    %s
    --part
    Content-Type: text/plain; charset=utf-8
    Content-Disposition: attachment; filename="note.txt"

    The keys of the mill lie below the third stone behind the house.
    --part--
    """
        .formatted(encoded)
        .replace("\n", "\r\n");
  }

  private Map<String, Row> assets() {
    Map<String, Row> assets = new TreeMap<>();
    String table = folder.resolve("lake/tables/assets").toString();
    for (Row row : SparkTest.session().read().format("delta").load(table).collectAsList()) {
      assets.put(row.getAs("key"), row);
    }
    return assets;
  }

  @Test
  void picturesAndAttachmentsAreAssetsOfTheirOwn() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    byte[] report =
        WordFile.bytes(
            List.of("The bridge was drawn from the north and from the south side of the river."),
            List.of(LakeOfFiles.png(SHOWN.get(0)), LakeOfFiles.png(SHOWN.get(1))));
    Files.writeString(in.resolve("letter.eml"), mail(report));
    WordFile.write(
        in.resolve("other.docx"),
        List.of("One picture is shown here, that of the old lighthouse by the sea."),
        List.of(LakeOfFiles.png(SHOWN.get(2))));
    Lakehouse lake = lake(Map.of());

    RunResult first = run(lake);

    Map<String, Row> assets = assets();
    assertThat(assets.keySet())
        .containsExactly(
            "letter.eml",
            "letter.eml!/1/report.docx",
            "letter.eml!/1/report.docx!/1/image1.png",
            "letter.eml!/1/report.docx!/2/image2.png",
            "letter.eml!/2/note.txt",
            "other.docx",
            "other.docx!/1/image1.png");
    assertThat(assets.values().stream().map(row -> row.<String>getAs("group_id")).distinct())
        .as("a group for each document that was given")
        .hasSize(2)
        .doesNotContainNull();
    assertThat(first.published().release().published()).isEqualTo(7);
    Hit picture = LakeOfFiles.nearest(lake, SHOWN.get(1));
    assertThat(picture.row().text("uri").orElseThrow())
        .endsWith("letter.eml!/enclosed/1!/enclosed/2");
    Hit note =
        LakeOfFiles.first(
            lake, SearchQuery.text("text", "where are the keys", 1, Optional.empty()));
    assertThat(note.row().text("uri").orElseThrow()).endsWith("letter.eml!/enclosed/2");
    assertThat(lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0).violations()).isEmpty();
    assertThat(run(lake).published().outcome()).isEqualTo(Outcome.UNCHANGED);

    requireMended(lake, assets.get("other.docx!/1/image1.png").getAs("blob"));

    // what is gone takes what stood in it along; what stands deeper than asked is not opened
    Files.delete(in.resolve("other.docx"));
    RunResult less =
        new LakeOfFiles(folder)
            .run(
                lake(Map.of("lakehouse.document.depth", "1")),
                Map.of("name", "in", "sync", "true"));

    assertThat(less.published().release().published()).isEqualTo(3);
    assertThat(lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0).violations()).isEmpty();
  }

  private void requireMended(Lakehouse lake, String blob) throws IOException {
    Path file =
        folder.resolve(
            "lake/blobs/sha256/%s/%s/%s"
                .formatted(blob.substring(0, 2), blob.substring(2, 4), blob));
    Files.delete(file);
    assertThat(lake.damage()).hasSize(1);
    assertThat(lake.repair()).allMatch(Repair::mended);
    assertThat(file).exists();
  }
}

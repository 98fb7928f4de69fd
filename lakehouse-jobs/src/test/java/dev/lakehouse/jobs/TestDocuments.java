// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents take the same way as texts and pictures. */
class TestDocuments {
  private static final Settings SETTINGS = Settings.defaults();
  private static final List<String> GOOD =
      List.of(
          "haystack/sample_pdf_1.pdf",
          "haystack/sample_docx.docx",
          "haystack/sample_pptx_with_link.pptx",
          "tika/testEmailWithPNGAtt.eml",
          "tika/testODTStyles2.odt");
  private static final List<String> BAD =
      List.of("tika/testWORD_protected_passtika.docx", "bad/zipbomb.docx", "bad/xxe.docx");

  @TempDir Path folder;

  @Test
  void documentsAreMeasuredJudgedAndPublished() throws IOException {
    Path data = SharedData.require("data/documents");
    Path in = Files.createDirectories(folder.resolve("in"));
    for (String name : GOOD) {
      Files.copy(data.resolve(name), in.resolve(Path.of(name).getFileName()));
    }
    for (String name : BAD) {
      Files.copy(data.resolve(name), in.resolve(Path.of(name).getFileName()));
    }
    Files.writeString(
        in.resolve("mill.txt"),
        "The old mill stands where the two rivers meet, and its wheel has not turned for years.");
    Lakehouse lake =
        Lakehouse.open(
            SparkTest.session(), folder.resolve("lake").toString(), SETTINGS, Progress.silent());
    FilesSource.Options files =
        new FilesSource.Options(in.toString(), Optional.of("in"), Optional.empty(), Map.of());

    RunResult run =
        lake.run(
            List.of(new Intake(FilesSource.open(files), IngestOptions.defaults())),
            PublishOptions.from(SETTINGS));

    assertThat(run.derived().computed()).isEqualTo(GOOD.size() + BAD.size() + 1);
    assertThat(run.measured().computed())
        .isGreaterThan(GOOD.size() + BAD.size() + 1); // and passages
    assertThat(run.published().release().published())
        .as("the good ones, the text, and the picture that came with the mail")
        .isEqualTo(GOOD.size() + 2);
    assertThat(lake.behind("ENCRYPTED", 10).toString()).contains("passtika");
    assertThat(lake.behind("EXPANSION_LIMIT", 10).toString()).contains("zipbomb");
    assertThat(lake.behind("CORRUPT", 10).toString()).contains("xxe");
    AuditReport audit = lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);
    assertThat(audit.violations()).isEmpty();
  }
}

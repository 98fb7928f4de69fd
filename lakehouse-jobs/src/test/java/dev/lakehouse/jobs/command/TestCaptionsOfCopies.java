// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.demo.Delivery;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.command.input.SourceRequest;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures of a folder and two manifests over the same pictures, each with captions. */
class TestCaptionsOfCopies {
  private static final Settings SETTINGS = Settings.defaults();

  @TempDir Path folder;
  private Lakehouse lake;

  @Test
  void noSourceTakesACaptionAlongUnlessItVanishes() throws IOException {
    Path images = Delivery.write(folder.resolve("drawn"), 1, 1).manifest().resolveSibling("images");
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Files.copy(images.resolve("scene-000.jpg"), pictures.resolve("scene.jpg"));
    lake = Lakehouse.open(SparkTest.session(), folder + "/lake", SETTINGS, Progress.silent());

    run(
        request("files", Map.of("path", pictures.toString(), "name", "a")),
        manifest("b", "two shapes on a plain ground", "drawn by a program"),
        manifest("c", "drawn by a program", "a picture of nothing in particular"));

    assertThat(column("captions").toString())
        .contains("two shapes", "drawn by a program", "nothing in particular");
    assertThat(column("facts").toString())
        .contains("caption/3.asset_id", "caption/3.source", "caption/3.key")
        .doesNotContain("caption/4");
    assertThat(segments()).isEqualTo(3);
    assertClean();

    run(manifest("b", "drawn by a program"), manifest("c", "drawn by a program"));

    assertThat(column("captions").toString())
        .contains("drawn by a program")
        .doesNotContain("two shapes", "nothing in particular");
    assertThat(segments()).isEqualTo(1);
    assertClean();
  }

  private void run(SourceRequest... requests) {
    RunCommand.run(
        lake,
        Stream.of(requests).map(SourceRequest::prepare).toList(),
        PublishOptions.from(SETTINGS),
        Optional.empty());
  }

  private static SourceRequest request(String kind, Map<String, String> options) {
    return new SourceRequest(SourceRequest.Kind.of(kind), options);
  }

  /** A row of the picture for each caption, and nothing that was in it before. */
  private SourceRequest manifest(String name, String... captions) throws IOException {
    StringBuilder rows = new StringBuilder();
    for (String caption : captions) {
      rows.append(
          "{\"id\": \"%s\", \"file\": \"pictures/scene.jpg\", \"caption\": \"%s\"}%n"
              .formatted(caption, caption));
    }
    Path file = Files.writeString(folder.resolve(name + ".jsonl"), rows);
    return request(
        "jsonl",
        Map.of(
            "path",
            file.toString(),
            "map",
            "id=id,image=file,caption=caption",
            "name",
            name,
            "sync",
            "true"));
  }

  private Object column(String name) {
    List<Map<String, Object>> rows =
        lake.table("catalog", Optional.empty(), List.of(name), 10).rows();
    assertThat(rows).hasSize(1);
    return String.valueOf(rows.get(0).get(name));
  }

  private long segments() {
    return lake.current().flatMap(release -> release.family(FamilySpec.TEXT)).orElseThrow().rows();
  }

  private void assertClean() {
    assertThat(lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0).violations()).isEmpty();
  }
}

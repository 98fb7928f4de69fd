// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.demo.SceneRenderer;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.RunResult;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.command.input.SourceRequest;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * A lake of the files of one folder, whose drawn pictures are embedded.
 *
 * @param folder with {@code in} and {@code lake}
 */
record LakeOfFiles(Path folder) {

  /** The lake with more settings. */
  Lakehouse with(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(more);
    settings.put("lakehouse.family.clip.bundle", "shapes-clip");
    return Lakehouse.open(
        SparkTest.session(),
        folder.resolve("lake").toString(),
        Settings.defaults().orElse(settings, "test"),
        Progress.silent());
  }

  /** Runs over the files; any number of assets may leave. */
  RunResult run(Lakehouse lake, Map<String, String> more) {
    Map<String, String> options = new TreeMap<>(more);
    options.put("path", folder.resolve("in").toString());
    SourceRequest files = new SourceRequest(SourceRequest.Kind.of("files"), options);
    Settings anyMayLeave =
        Settings.defaults().orElse(Map.of("lakehouse.publish.max-leaving", "1"), "test");
    return RunCommand.run(
        lake, List.of(files.prepare()), PublishOptions.from(anyMayLeave), Optional.empty());
  }

  /** A scene as a picture. */
  static byte[] png(Scene scene) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(SceneRenderer.draw(scene, 224), "png", out);
    return out.toByteArray();
  }

  /** What looks most like a scene. */
  static Hit nearest(Lakehouse lake, Scene shown) throws IOException {
    return first(lake, SearchQuery.image("clip", png(shown), 1, Optional.empty()));
  }

  /** The best answer. */
  static Hit first(Lakehouse lake, SearchQuery query) {
    try (Searcher searcher = lake.searcher()) {
      return searcher.search(query).hits().get(0);
    }
  }
}

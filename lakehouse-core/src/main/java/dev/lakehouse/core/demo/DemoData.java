// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sample data of the demo and three questions to ask of it.
 *
 * <p>Drawn scenes with captions and short texts in three languages; among them exact duplicates,
 * damaged, tiny and misnamed pictures, missing captions and files, and junk.
 *
 * @param manifest of the scenes, for the jsonl source with {@link #MAPPING}
 * @param texts folder of the texts, for the files source
 * @param textQuery a question that a text answers in other words
 * @param captionQuery a sentence that one of the scenes shows
 * @param imageQuery a picture like one of the scenes, which is not among them
 */
public record DemoData(
    Path manifest, Path texts, String textQuery, String captionQuery, Path imageQuery) {

  /** Which field of the manifest plays which role. */
  public static final String MAPPING = "id=id,image=image,caption=captions,licence=licence";

  /**
   * Writes everything below a folder; the same seed gives the same bytes.
   *
   * @throws IOException if it cannot be written
   */
  public static DemoData write(Path folder, long seed) throws IOException {
    Iterator<Scene> scenes = Scene.bold(seed).iterator();
    List<Scene> sound = Stream.generate(scenes::next).limit(SceneFolder.SCENES).toList();
    Path manifest = SceneFolder.write(folder.resolve("scenes"), sound, scenes);
    Path texts = TextFolder.write(folder.resolve("texts"), seed);
    List<Scene> asked = sound.stream().filter(scene -> isTold(scene, sound)).limit(2).toList();
    Path query = folder.resolve("query.png");
    Scene like = asked.get(1).redrawn(seed);
    Files.write(query, Pictures.png(SceneRenderer.draw(like, 224)));
    return new DemoData(
        manifest,
        texts,
        "How do insects navigate back to their nest?",
        asked.get(0).fullCaption().text(),
        query);
  }

  /** Whether a scene shows a relation and its caption is true of no other. */
  private static boolean isTold(Scene scene, List<Scene> scenes) {
    return scene.relation().isPresent()
        && scenes.stream().filter(scene.fullCaption()::holdsOf).count() == 1;
  }
}

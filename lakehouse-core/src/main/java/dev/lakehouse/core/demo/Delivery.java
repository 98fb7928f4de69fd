// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A small share of the sample data, damaged pictures and junk included.
 *
 * <p>Written again into the same folder with more scenes, it keeps the first ones, changes the
 * damaged ones and adds the rest: what a source is that goes on.
 *
 * @param manifest of the scenes, for the jsonl source with {@link DemoData#MAPPING}
 * @param texts folder of the texts, for the files source
 */
public record Delivery(Path manifest, Path texts) {
  private static final int TEXTS_OF_A_LANGUAGE = 3;

  /**
   * Writes a share below a folder; the same seed and number give the same bytes.
   *
   * @param scenes how many sound pictures
   * @throws IOException if it cannot be written
   */
  public static Delivery write(Path folder, long seed, int scenes) throws IOException {
    Iterator<Scene> drawn = Scene.bold(seed).iterator();
    List<Scene> sound = Stream.generate(drawn::next).limit(scenes).toList();
    return new Delivery(
        SceneFolder.write(folder.resolve("scenes"), sound, drawn),
        TextFolder.write(folder.resolve("texts"), seed, TEXTS_OF_A_LANGUAGE));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sample data of the demo and questions to ask of it.
 *
 * <p>Drawn scenes with captions and short texts in three languages; among them exact duplicates,
 * damaged, tiny and misnamed pictures, missing captions and files, and junk. A film, a recording
 * with subtitles, and documents.
 *
 * @param manifest of the scenes, for the jsonl source with {@link #MAPPING}
 * @param texts folder of the texts, for the files source
 * @param mixed folder of film, recording and documents, for the files source
 * @param questions in words
 * @param imageQuery a picture like one of the scenes, which is not among them
 */
public record DemoData(
    Path manifest, Path texts, Path mixed, List<Question> questions, Path imageQuery) {

  /**
   * A question in words.
   *
   * @param kind what is asked for with it
   * @param family that answers
   * @param where condition that the answer meets, if there is one
   */
  public record Question(String kind, String family, Optional<String> where, String words) {

    private static Question of(String kind, String family, String words) {
      return new Question(kind, family, Optional.empty(), words);
    }

    private static Question among(String modality, String kind, String family, String words) {
      return new Question(kind, family, Optional.of("modality = '%s'".formatted(modality)), words);
    }
  }

  /** The kind of the question whose answers are worth being looked at. */
  public static final String PICTURES = "text -> image";

  private static final int SHOTS = 4;
  private static final int BRIGHTER = 120; // of 255; less may be taken for movement

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
    List<Scene> shots = shots(seed, sound);
    Path mixed = MixedFolder.write(folder.resolve("mixed"), shots);
    List<Question> questions =
        List.of(
            Question.of("text -> text", "text", "How do insects navigate back to their nest?"),
            Question.of(PICTURES, "clip", asked.get(0).fullCaption().text()),
            Question.among("video", "text -> film", "clip", shots.get(2).fullCaption().text()),
            Question.among("audio", "text -> recording", "text", MixedFolder.SAID),
            Question.among("document", "text -> page", "text", MixedFolder.ON_A_PAGE),
            Question.among("document", "text -> document", "text", MixedFolder.IN_A_LETTER));
    return new DemoData(manifest, texts, mixed, questions, query);
  }

  /** Scenes that are brighter or darker than the one before, as cuts are seen. */
  private static List<Scene> shots(long seed, List<Scene> others) {
    Iterator<Scene> scenes = Scene.bold(seed + 50_000).iterator();
    List<Scene> shots = new ArrayList<>();
    while (shots.size() < SHOTS) {
      Scene next = scenes.next();
      boolean cut = shots.isEmpty() || isCut(shots.get(shots.size() - 1), next);
      if (cut && isTold(next, others)) {
        shots.add(next);
      }
    }
    return shots;
  }

  private static boolean isCut(Scene before, Scene next) {
    return Math.abs(before.background().brightness() - next.background().brightness()) >= BRIGHTER;
  }

  /** Whether a scene shows a relation and its caption is true of no other. */
  private static boolean isTold(Scene scene, List<Scene> scenes) {
    return scene.relation().isPresent()
        && scenes.stream().noneMatch(other -> other != scene && scene.fullCaption().holdsOf(other));
  }
}

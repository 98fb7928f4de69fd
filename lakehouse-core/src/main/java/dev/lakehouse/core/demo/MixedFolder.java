// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import dev.lakehouse.core.child.MediaTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes a film, a recording and documents as they lie in anybody's folder. */
final class MixedFolder {
  static final String ON_A_PAGE = "When is the lamp of the lighthouse cleaned?";
  static final String IN_A_LETTER = "Who pays for the repair of the wooden bridge?";
  static final String SAID = "Which vowel is said with round lips?";

  private static final List<List<String>> HANDBOOK =
      List.of(
          List.of(
              "Handbook of the lighthouse",
              "",
              "The tower was built of grey granite and is forty metres high.",
              "A stair of two hundred steps leads up to the gallery."),
          List.of(
              "The lamp",
              "",
              "Its light is seen from eighteen miles away when the air is clear.",
              "The lenses are cleaned with alcohol on the first Monday of each month,",
              "and the bulbs are exchanged every spring."),
          List.of(
              "Visitors",
              "",
              "The tower is open on Sundays from ten to four, but not in storms.",
              "Dogs stay below, and nobody leans over the rail."));

  private static final List<String> LETTER =
      List.of(
          "Dear neighbours, the wooden bridge over the brook has been closed since the flood.",
          "The council of the village pays two thirds of its repair, and the saw mill gives the"
              + " beams; what is left we collect at the harvest festival.",
          "The drawing below shows where the new posts will stand.");

  private MixedFolder() {}

  /**
   * Writes them.
   *
   * @param shots scenes that the film shows; the first is the letter's picture too
   */
  static Path write(Path folder, List<Scene> shots) throws IOException {
    SceneFilm.write(
        folder.resolve("tour.webm"), shots.subList(1, shots.size()), MediaTools.standard());
    VowelClip.write(folder, "vowels");
    PdfFile.write(folder.resolve("handbook.pdf"), HANDBOOK);
    byte[] drawing = Pictures.png(SceneRenderer.draw(shots.get(0), Scene.CANVAS));
    WordFile.write(folder.resolve("letter.docx"), LETTER, List.of(drawing));
    return folder;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import dev.lakehouse.core.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes scenes as picture files with a manifest of their captions, among them what goes wrong. */
final class SceneFolder {
  static final int SCENES = 300;
  private static final int SIDE = 224;
  private static final int TINY_SIDE = 16;

  private final Path folder;
  private final Iterator<Scene> spare;
  private final List<String> lines = new ArrayList<>();

  private SceneFolder(Path folder, Iterator<Scene> spare) {
    this.folder = folder;
    this.spare = spare;
  }

  /**
   * Writes the scenes and returns the manifest.
   *
   * @param spare scenes to be damaged
   */
  static Path write(Path folder, List<Scene> scenes, Iterator<Scene> spare) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    SceneFolder written = new SceneFolder(folder, spare);
    for (int i = 0; i < scenes.size(); i++) {
      written.sound("scene-%03d".formatted(i), scenes.get(i), i % 3 == 0 ? "jpg" : "png");
    }
    written.copies(scenes);
    written.damaged(spare.next());
    written.badCaptions();
    written.badRows();
    return Files.write(folder.resolve("captions.jsonl"), written.lines);
  }

  private void sound(String id, Scene scene, String format) throws IOException {
    picture(id, format, bytes(scene, format), captions(scene));
  }

  private static List<String> captions(Scene scene) {
    return List.of(scene.fullCaption().text(), scene.caption().text());
  }

  private static byte[] bytes(Scene scene, String format) throws IOException {
    return format.equals("jpg")
        ? Pictures.jpeg(SceneRenderer.draw(scene, SIDE))
        : Pictures.png(SceneRenderer.draw(scene, SIDE));
  }

  /** The same bytes under another name, and a right picture under a wrong ending. */
  private void copies(List<Scene> scenes) throws IOException {
    for (int i = 0; i < 12 && i * 20 < scenes.size(); i++) {
      Scene scene = scenes.get(i * 20);
      String format = i * 20 % 3 == 0 ? "jpg" : "png";
      sound("copy-%02d".formatted(i), scene, format);
    }
    for (int i = 0; i < 4; i++) {
      Scene scene = spare.next();
      picture("wrong-ending-" + i, "jpg", bytes(scene, "png"), captions(scene));
    }
  }

  private void damaged(Scene scene) throws IOException {
    List<String> captions = captions(scene);
    byte[] png = bytes(scene, "png");
    byte[] jpeg = bytes(scene, "jpg");
    picture("truncated-1", "jpg", Pictures.truncated(jpeg), captions);
    picture("truncated-2", "png", Pictures.truncated(png), captions);
    picture("corrupt", "png", Pictures.corrupted(png), captions);
    picture("empty", "png", new byte[0], captions);
    picture("bomb", "png", Pictures.bomb(), captions);
    picture("text-inside", "jpg", utf8("This is not a picture. ".repeat(20)), captions);
    picture("noise", "png", new Dice(scene.seed()).bytes(3000), captions);
    for (int i = 0; i < 6; i++) {
      Scene small = spare.next();
      byte[] tiny = Pictures.png(SceneRenderer.draw(small, TINY_SIDE));
      picture("tiny-" + i, "png", tiny, captions(small));
    }
  }

  private void badCaptions() throws IOException {
    for (int i = 0; i < 5; i++) {
      Scene scene = spare.next();
      picture("empty-caption-" + i, "png", bytes(scene, "png"), List.of(""));
    }
    for (int i = 0; i < 3; i++) {
      Scene scene = spare.next();
      picture("no-caption-" + i, "png", bytes(scene, "png"), List.of());
    }
  }

  private void badRows() {
    row("lost", "images/lost.png", List.of("a picture that nobody kept"));
    row("outside", "../../outside.png", List.of("a picture of something private"));
    lines.add("{\"id\": \"open\", \"image\": \"images/scene-000.jpg\", \"captions\": [\"an");
    lines.add("[\"a\", \"list\"]");
  }

  private void picture(String id, String ending, byte[] bytes, List<String> captions)
      throws IOException {
    String path = "images/" + id + "." + ending;
    Files.write(folder.resolve(path), bytes);
    row(id, path, captions);
  }

  private void row(String id, String path, List<String> captions) {
    Map<String, Object> row = new TreeMap<>();
    row.put("id", id);
    row.put("image", path);
    row.put("licence", "CC0-1.0");
    if (!captions.isEmpty()) {
      row.put("captions", captions);
    }
    lines.add(Json.line(row));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

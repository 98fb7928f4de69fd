// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the short texts as files, one folder for each language, and beside them what is no use.
 */
final class TextFolder {
  static final List<String> LANGUAGES = List.of("en", "de", "fr");

  private TextFolder() {}

  static Path write(Path folder, long seed) throws IOException {
    return write(folder, seed, Integer.MAX_VALUE);
  }

  /**
   * Writes some of the texts, and all that is no use.
   *
   * @param most texts of each language
   */
  static Path write(Path folder, long seed, int most) throws IOException {
    for (String language : LANGUAGES) {
      int number = 0;
      for (Map.Entry<String, String> text : texts(language).entrySet()) {
        if (number == most) {
          break;
        }
        byte[] bytes = (text.getValue() + "\n").getBytes(UTF_8);
        write(folder, language + "/" + text.getKey() + ".txt", bytes);
        if (number++ % 12 == 0) {
          write(folder, "copies/" + language + "-" + text.getKey() + ".txt", bytes);
        }
      }
    }
    writeJunk(folder.resolve("junk"), seed);
    return folder;
  }

  /** The texts of a language by a short name. */
  static Map<String, String> texts(String language) throws IOException {
    String resource = "texts-" + language + ".txt";
    Map<String, String> texts = new LinkedHashMap<>();
    try (InputStream in = TextFolder.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("The resource " + resource + " is not in the jar");
      }
      for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
        int colon = line.indexOf(": ");
        texts.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return texts;
  }

  private static void writeJunk(Path junk, long seed) throws IOException {
    String german = "Grüße aus Köln, wo die Straßen schön und die Brücken hoch sind.\n";
    Dice dice = new Dice(seed);
    writeText(junk, "keyboard.txt", "asdf jkl; asdf qwre zxcv jkjk lkjh fdsa ".repeat(6));
    writeText(junk, "symbols.txt", "### $$$ %%% &&& *** ~~~ === +++ ((( ))) ".repeat(8));
    writeText(junk, "repeated.txt", "Click here to subscribe to our newsletter.\n".repeat(60));
    writeText(junk, "links.txt", links());
    writeText(junk, "too-short.txt", "ok\n");
    writeText(junk, "blank.txt", "\n\n   \n");
    writeText(junk, "mojibake.txt", new String(german.repeat(4).getBytes(UTF_8), ISO_8859_1));
    writeText(junk, "table.csv", "name,score\nanna,3\nbert,5\ncarla,8\n");
    write(junk, "empty.txt", new byte[0]);
    write(junk, "latin1.txt", german.repeat(4).getBytes(ISO_8859_1));
    write(junk, "utf16.txt", ("\uFEFF" + german).getBytes(UTF_16LE));
    writeText(junk, "nul-bytes.txt", "Some bytes\0of this text\0are missing.\n".repeat(5));
    write(junk, "picture.txt", Pictures.png(SceneRenderer.draw(Scene.random(seed), 96)));
    write(junk, "noise.bin", dice.bytes(2000));
  }

  private static String links() {
    StringBuilder links = new StringBuilder();
    for (int i = 1; i <= 20; i++) {
      links.append("https://example.org/offers/page-").append(i).append(".html\n");
    }
    return links.toString();
  }

  private static void writeText(Path folder, String name, String text) throws IOException {
    write(folder, name, text.getBytes(UTF_8));
  }

  private static void write(Path folder, String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, bytes);
  }
}

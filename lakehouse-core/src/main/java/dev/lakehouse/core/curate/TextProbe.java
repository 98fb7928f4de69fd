// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.HtmlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Measures a text or a caption. Of an HTML document the visible text is measured, of a piece of one
 * what is no script or style.
 *
 * <p>Takes time in proportion to the length, whatever the text. A share of nothing is 0.
 */
public final class TextProbe {

  private TextProbe() {}

  /**
   * One row of {@code measurements}.
   *
   * @param sha256 digest of the text's UTF-8 bytes
   * @param run that measures
   */
  public static Values measure(String sha256, String text, String run) {
    boolean html = HtmlText.isDocument(text);
    String visible = html ? HtmlText.visible(text) : HtmlText.withoutScripts(text);
    Characters characters = Characters.in(visible);
    Values row =
        Outcomes.row(sha256, Probes.TEXT, run)
            .set("chars", characters.all())
            .set("symbols", characters.share(characters.symbols()))
            .set("control_chars", characters.controls())
            .set("longest_line", characters.longestLine())
            .set("markup", html ? 0.0 : characters.share(characters.inTags()))
            .set("mojibake", Mojibake.share(visible))
            .set("warnings", List.of());
    setWords(row, visible);
    setContacts(row, visible);
    setLanguage(row, visible);
    return row;
  }

  private static void setWords(Values row, String text) {
    List<String> words = new ArrayList<>();
    Words.each(text.toLowerCase(Locale.ROOT), words::add);
    double distinct = words.isEmpty() ? 0 : (double) new HashSet<>(words).size() / words.size();
    row.set("words", (long) words.size())
        .set("distinct_words", distinct)
        .set("repetition", Repetition.of(text, words));
  }

  private static void setContacts(Values row, String text) {
    Contacts contacts = Contacts.in(text);
    row.set("urls", contacts.urls())
        .set("emails", contacts.emails())
        .set("phones", contacts.phones());
  }

  private static void setLanguage(Values row, String text) {
    Languages.Guess language = Languages.of(text);
    row.set("detected_language", language.code()).set("language_confidence", language.confidence());
  }
}

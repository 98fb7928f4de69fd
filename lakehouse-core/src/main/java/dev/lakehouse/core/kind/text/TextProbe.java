// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.ColumnType.Scalar.BIGINT;
import static dev.lakehouse.core.ColumnType.Scalar.DOUBLE;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.text.HtmlText;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.curate.Probe;
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
public final class TextProbe implements Probe {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "text@2";
  }

  @Override
  public List<String> before() {
    return List.of("text@1");
  }

  @Override
  public String modality() {
    return Modality.TEXT.word();
  }

  @Override
  public List<Column> columns() {
    return List.of(
        optional("chars", BIGINT, "Unicode code points"),
        optional("words", BIGINT, "by Unicode word boundaries"),
        optional("detected_language", STRING, "ISO 639-3, or und"),
        optional("language_confidence", DOUBLE, "0 to 1"),
        optional("distinct_words", DOUBLE, "distinct words divided by words"),
        optional("repetition", DOUBLE, "share of characters in repeated lines or 5-grams"),
        optional(
            "symbols", DOUBLE, "share of code points that are neither letter, digit nor space"),
        optional("urls", BIGINT, "how many"),
        optional("emails", BIGINT, "how many"),
        optional("phones", BIGINT, "how many"),
        optional("control_chars", BIGINT, "control characters other than tab and line ends"),
        optional("longest_line", BIGINT, "code points"),
        optional("mojibake", DOUBLE, "share of code points that look wrongly decoded"),
        optional("markup", DOUBLE, "share of code points inside tags, outside of HTML"));
  }

  @Override
  public String amount() {
    return "chars";
  }

  @Override
  public void measure(Opened content, Limits limits, Values figures) throws ItemException {
    String text = content.text();
    boolean html = HtmlText.isDocument(text);
    String visible = html ? HtmlText.visible(text) : HtmlText.withoutScripts(text);
    Characters characters = Characters.in(visible);
    figures
        .set("chars", characters.all())
        .set("symbols", characters.share(characters.symbols()))
        .set("control_chars", characters.controls())
        .set("longest_line", characters.longestLine())
        .set("markup", html ? 0.0 : characters.share(characters.inTags()))
        .set("mojibake", Mojibake.share(visible))
        .set("warnings", List.of());
    setWords(figures, visible);
    setContacts(figures, visible);
    setLanguage(figures, visible);
  }

  private static void setWords(Values row, String text) {
    List<String> words = new ArrayList<>();
    WordBreaks.each(text.toLowerCase(Locale.ROOT), words::add);
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

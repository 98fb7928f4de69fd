// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.sheet;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.text.TextCodec;
import dev.lakehouse.core.content.Contents;
import java.util.List;
import java.util.Optional;

/**
 * What a lake holds, to be looked at: one page that needs no other file and runs no code. Pictures
 * are inside it, made small; whatever came from a source is text and nothing else.
 */
public final class SheetPage {
  private static final int EXCERPT = 320;
  private static final int CAPTION = 160;
  private static final int CAPTIONS = 3;

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src 'unsafe-inline'">
      <title>%s</title>
      <style>
      body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; color: #222; background: #fafafa }
      h2 { margin: 2.2rem 0 .2rem; font-size: 1.15rem } p.note { margin: 0 0 .8rem; color: #666 }
      .items { display: flex; flex-wrap: wrap; gap: .8rem; align-items: flex-start }
      figure { margin: 0; width: 176px; padding: 8px; background: #fff; border: 1px solid #ddd; \
      border-top: 4px solid #999; border-radius: 4px }
      .good figure { border-top-color: #2a8a43 } .open figure { border-top-color: #d59a12 }
      .bad figure { border-top-color: #b3362c }
      img, .none { display: block; width: 176px; height: 176px; object-fit: contain; \
      background: #eee }
      .none { display: flex; align-items: center; justify-content: center; text-align: center; \
      color: #888; font-size: 12px }
      blockquote { margin: 0; height: 176px; overflow: hidden; overflow-wrap: anywhere; \
      font-size: 12px; background: #f6f6f1 }
      figcaption { font-size: 12px; overflow-wrap: anywhere; margin-top: 6px }
      code { background: #eee; padding: 0 3px; border-radius: 3px; font-size: 11px }
      </style>
      </head>
      <body>
      <h1>%s</h1>
      <p class="note">%s</p>
      """;

  /** How a section is to be taken. */
  public enum Mood {
    GOOD,
    OPEN,
    BAD
  }

  private final StringBuilder page;
  private final Contents contents;
  private final Thumbnails thumbnails;

  /**
   * @param title of the page
   * @param note what it was made of
   * @param contents where bytes are read
   * @param limits on what is decoded
   * @param bytes that all its pictures may take
   */
  public SheetPage(String title, String note, Contents contents, Limits limits, long bytes) {
    this.page = new StringBuilder(HEAD.formatted(escape(title), escape(title), escape(note)));
    this.contents = contents;
    this.thumbnails = new Thumbnails(limits, bytes);
  }

  /**
   * Adds some items under a heading.
   *
   * @param total how many there are, of which these are shown
   */
  public SheetPage add(Mood mood, String heading, long total, List<SheetItem> items) {
    page.append("<h2>").append(escape(heading)).append(" · ");
    page.append("%,d</h2>\n<p class=\"note\">%,d shown</p>\n".formatted(total, items.size()));
    page.append(
        "<div class=\"items %s\">\n".formatted(mood.name().toLowerCase(java.util.Locale.ROOT)));
    items.forEach(this::figure);
    page.append("</div>\n");
    return this;
  }

  private void figure(SheetItem item) {
    page.append("<figure>").append(shown(item)).append("<figcaption><b>");
    page.append(escape(shortened(item.title(), CAPTION))).append("</b>");
    for (String code : item.codes()) {
      page.append(" <code>").append(escape(code)).append("</code>");
    }
    item.captions().stream()
        .limit(CAPTIONS)
        .forEach(caption -> page.append("<br>").append(escape(shortened(caption, CAPTION))));
    if (item.captions().size() > CAPTIONS) {
      page.append("<br>and %,d more".formatted(item.captions().size() - CAPTIONS));
    }
    page.append("</figcaption></figure>\n");
  }

  private String shown(SheetItem item) {
    if (item.content().isEmpty()) {
      return none("nothing was kept");
    }
    try {
      byte[] bytes = contents.bytes(item.content().get());
      return item.picture() ? picture(item, bytes) : excerpt(bytes);
    } catch (ItemException e) {
      return none("cannot be shown: " + e.code().name());
    } catch (LakehouseException e) {
      return none("its bytes cannot be read");
    }
  }

  private String picture(SheetItem item, byte[] bytes) throws ItemException {
    Optional<String> data = thumbnails.of(bytes);
    return data.map(uri -> "<img alt=\"%s\" src=\"%s\">".formatted(escape(item.title()), uri))
        .orElseGet(() -> none("no room on this page"));
  }

  private static String excerpt(byte[] bytes) throws ItemException {
    String text = TextCodec.decode(bytes).text().strip().replaceAll("\\s+", " ");
    return "<blockquote>" + escape(shortened(text, EXCERPT)) + "</blockquote>";
  }

  private static String none(String why) {
    return "<div class=\"none\">" + escape(why) + "</div>";
  }

  private static String shortened(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
  }

  /** The whole page. */
  public String html() {
    return page + "</body>\n</html>\n";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}

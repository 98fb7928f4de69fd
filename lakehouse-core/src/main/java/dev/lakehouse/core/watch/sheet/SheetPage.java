// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.sheet;

import static dev.lakehouse.core.watch.report.Markup.escaped;

import dev.lakehouse.core.Counted;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.Contents;
import java.util.List;
import java.util.Locale;

/**
 * What a lake holds, to be looked at: one page that needs no other file and runs no code. Pictures
 * are inside it, made small; whatever came from a source is text and nothing else.
 */
public final class SheetPage {
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
  private final Figures figures;

  /**
   * @param title of the page
   * @param note what it was made of
   * @param contents where bytes are read
   * @param limits on what is decoded
   * @param bytes that all its pictures may take
   */
  public SheetPage(String title, String note, Contents contents, Limits limits, long bytes) {
    this.page = new StringBuilder(HEAD.formatted(escaped(title), escaped(title), escaped(note)));
    this.figures = new Figures(contents, limits, bytes);
  }

  /**
   * Adds some items under a heading.
   *
   * @param total how many there are, of which these are shown
   */
  public SheetPage add(Mood mood, String heading, long total, List<SheetItem> items) {
    page.append("<h2>").append(escaped(heading)).append(" · ");
    page.append(
        "%s</h2>\n<p class=\"note\">%s shown</p>\n"
            .formatted(Counted.of(total), Counted.of(items.size())));
    page.append("<div class=\"items %s\">\n".formatted(mood.name().toLowerCase(Locale.ROOT)));
    items.forEach(item -> page.append(figures.of(item)));
    page.append("</div>\n");
    return this;
  }

  /** The whole page. */
  public String html() {
    return page + "</body>\n</html>\n";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.sheet;

import static dev.lakehouse.core.watch.report.Markup.escaped;

import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.Contents;
import java.util.List;

/**
 * A few items side by side, as a piece of HTML for a page of somebody else, such as a notebook. It
 * needs no other file and runs no code.
 */
public final class SheetStrip {
  private static final String STYLE =
      """
      <style>
      .lakehouse-strip { display: flex; flex-wrap: wrap; gap: 10px; align-items: flex-start; \
      font: 13px/1.4 system-ui, sans-serif; color: #222 }
      .lakehouse-strip figure { margin: 0; width: 176px; padding: 8px; background: #fff; \
      border: 1px solid #ddd; border-radius: 4px }
      .lakehouse-strip img, .lakehouse-strip .none { display: block; width: 176px; \
      height: 176px; margin: 0; object-fit: contain; background: #eee }
      .lakehouse-strip .none { display: flex; align-items: center; justify-content: center; \
      text-align: center; color: #666; font-size: 12px }
      .lakehouse-strip blockquote { margin: 0; padding: 0; border: 0; height: 176px; \
      overflow: hidden; overflow-wrap: anywhere; font-size: 12px; background: #f6f6f1; \
      color: #222 }
      .lakehouse-strip figcaption { font-size: 12px; overflow-wrap: anywhere; margin-top: 6px }
      .lakehouse-strip code { background: #eee; color: #222; padding: 0 3px; \
      border-radius: 3px; font-size: 11px }
      </style>
      """;

  private final Figures figures;

  /**
   * @param contents where bytes are read
   * @param limits on what is decoded
   * @param bytes that all its pictures may take
   */
  public SheetStrip(Contents contents, Limits limits, long bytes) {
    this.figures = new Figures(contents, limits, bytes);
  }

  /**
   * The items in their order.
   *
   * @param note a line below them; nothing where it is empty
   */
  public String of(List<SheetItem> items, String note) {
    StringBuilder html = new StringBuilder(STYLE).append("<div class=\"lakehouse-strip\">\n");
    items.forEach(item -> html.append(figures.of(item)));
    html.append("</div>\n");
    if (!note.isEmpty()) {
      html.append("<p>").append(escaped(note)).append("</p>\n");
    }
    return html.toString();
  }
}

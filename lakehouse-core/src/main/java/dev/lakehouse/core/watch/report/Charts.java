// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the charts of a page draw, by their ids, as the script of the page reads it. */
final class Charts {
  private final Map<String, Object> charts = new LinkedHashMap<>();

  /** Leaves the place of a chart, with what it shows in words for those who do not see it. */
  void place(Markup page, String size, String words, Map<String, Object> drawn) {
    String id = "chart-" + (charts.size() + 1);
    charts.put(id, drawn);
    page.element(
        "div",
        "",
        "class",
        "chart " + size,
        "id",
        id,
        "role",
        "img",
        "aria-label",
        words,
        "data-chart",
        String.valueOf(drawn.get("type")));
  }

  /** JSON that can stand in a script element: nothing in it can end that, or is markup. */
  String json() {
    return ofText(Json.line(charts))
        .replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  /** Halves of pairs and what is no character are none of a document. */
  private static String ofText(String json) {
    StringBuilder text = new StringBuilder(json.length());
    json.codePoints()
        .forEach(
            point -> {
              boolean isText =
                  (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                      && point != 0xFFFE
                      && point != 0xFFFF;
              text.append(isText ? Character.toString(point) : "\\ufffd");
            });
    return text.toString();
  }
}

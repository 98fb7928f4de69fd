// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.sheet;

import static dev.lakehouse.core.watch.report.Markup.escaped;

import dev.lakehouse.core.Counted;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.text.Excerpt;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.watch.report.Shown.Look;
import java.util.Set;

/** Items as HTML: pictures inside it, made small; whatever came from a source is text. */
final class Figures {
  private static final int EXCERPT = 320;
  private static final int CAPTION = 160;
  private static final int CAPTIONS = 3;

  /** Of their files nothing is shown but what they are. */
  private static final Set<String> UNSEEN = Set.of("audio", "video", "document");

  private final Looks looks;

  /**
   * @param contents where bytes are read
   * @param limits on what is decoded
   * @param bytes that all pictures may take
   */
  Figures(Contents contents, Limits limits, long bytes) {
    this.looks = new Looks(contents, limits, bytes, EXCERPT);
  }

  /** An item as a {@code figure}. */
  String of(SheetItem item) {
    StringBuilder figure = new StringBuilder();
    figure.append("<figure>").append(shown(item)).append("<figcaption><b>");
    figure.append(escaped(Excerpt.of(item.title(), CAPTION))).append("</b>");
    for (String code : item.codes()) {
      figure.append(" <code>").append(escaped(code)).append("</code>");
    }
    item.captions().stream()
        .limit(CAPTIONS)
        .forEach(caption -> figure.append("<br>").append(escaped(Excerpt.of(caption, CAPTION))));
    if (item.captions().size() > CAPTIONS) {
      figure.append("<br>and %s more".formatted(Counted.of(item.captions().size() - CAPTIONS)));
    }
    return figure.append("</figcaption></figure>\n").toString();
  }

  private String shown(SheetItem item) {
    Look look =
        item.content()
            .map(content -> look(item.modality(), content))
            .orElseGet(() -> Look.nothing("nothing was kept"));
    return look.picture()
        .map(uri -> "<img alt=\"%s\" src=\"%s\">".formatted(escaped(item.title()), uri))
        .or(() -> look.excerpt().map(text -> "<blockquote>" + escaped(text) + "</blockquote>"))
        .orElseGet(() -> "<div class=\"none\">" + escaped(look.nothing()) + "</div>");
  }

  private Look look(String modality, Content content) {
    if (UNSEEN.contains(modality)) {
      return Look.nothing(modality);
    }
    return modality.equals("image") ? looks.picture(content) : looks.text(content);
  }
}

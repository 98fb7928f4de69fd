// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.sheet;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.text.TextCodec;
import dev.lakehouse.core.content.Contents;
import java.util.Optional;
import java.util.Set;

/** Items as HTML: pictures inside it, made small; whatever came from a source is text. */
final class Figures {
  /** Of their files nothing is shown but what they are. */
  private static final Set<String> UNSEEN = Set.of("audio", "video", "document");

  private static final int EXCERPT = 320;
  private static final int CAPTION = 160;
  private static final int CAPTIONS = 3;

  private final Contents contents;
  private final Thumbnails thumbnails;

  /**
   * @param contents where bytes are read
   * @param limits on what is decoded
   * @param bytes that all pictures may take
   */
  Figures(Contents contents, Limits limits, long bytes) {
    this.contents = contents;
    this.thumbnails = new Thumbnails(limits, bytes);
  }

  /** An item as a {@code figure}. */
  String of(SheetItem item) {
    StringBuilder figure = new StringBuilder();
    figure.append("<figure>").append(shown(item)).append("<figcaption><b>");
    figure.append(escape(shortened(item.title(), CAPTION))).append("</b>");
    for (String code : item.codes()) {
      figure.append(" <code>").append(escape(code)).append("</code>");
    }
    item.captions().stream()
        .limit(CAPTIONS)
        .forEach(caption -> figure.append("<br>").append(escape(shortened(caption, CAPTION))));
    if (item.captions().size() > CAPTIONS) {
      figure.append("<br>and %,d more".formatted(item.captions().size() - CAPTIONS));
    }
    return figure.append("</figcaption></figure>\n").toString();
  }

  private String shown(SheetItem item) {
    if (item.content().isEmpty()) {
      return none("nothing was kept");
    }
    if (UNSEEN.contains(item.modality())) {
      return none(item.modality());
    }
    try {
      byte[] bytes = contents.bytes(item.content().get());
      return item.modality().equals("image") ? picture(item, bytes) : excerpt(bytes);
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

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}

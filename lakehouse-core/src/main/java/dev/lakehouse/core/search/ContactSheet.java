// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexColumns;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Answers as one page that needs no other file: pictures are inside, and nothing that came from a
 * source is anything but text.
 */
public final class ContactSheet {
  /** What browsers show; anything else is named, not shown. SVG is left out: it can hold code. */
  private static final Set<String> SHOWN =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp");

  private static final int MAX_BYTES = 4 << 20;

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
      body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem; color: #222; background: #fafafa }
      h2 { margin: 2rem 0 .5rem; font-size: 1.1rem }
      .hits { display: flex; flex-wrap: wrap; gap: 1rem }
      figure { margin: 0; width: 176px; padding: 8px; background: #fff; border: 1px solid #ddd }
      figure.query { border: 2px solid #36c }
      img { width: 160px; height: 160px; object-fit: contain; background: #eee }
      figcaption { font-size: 12px; overflow-wrap: anywhere }
      b { font-variant-numeric: tabular-nums }
      </style>
      </head>
      <body>
      <h1>%s</h1>
      """;

  private final BlobStore blobs;
  private final StringBuilder page;

  /**
   * @param title of the page
   * @param blobs where the pictures of hits are
   */
  public ContactSheet(String title, BlobStore blobs) {
    this.blobs = blobs;
    this.page = new StringBuilder(HEAD.formatted(escape(title), escape(title)));
  }

  /** Adds an answer to a question in words. */
  public ContactSheet add(String question, SearchResult answer) throws IOException {
    return add(question, Optional.empty(), answer.hits());
  }

  /** Adds an answer to a question by a picture, shown before the hits. */
  public ContactSheet add(String question, byte[] picture, SearchResult answer) throws IOException {
    return add(question, Optional.of(picture), answer.hits());
  }

  private ContactSheet add(String question, Optional<byte[]> picture, List<Hit> hits)
      throws IOException {
    page.append("<h2>").append(escape(question)).append("</h2>\n<div class=\"hits\">\n");
    picture.ifPresent(bytes -> figure("query", image("image/png", bytes), "the question"));
    int rank = 0;
    for (Hit hit : hits) {
      String legend =
          "<b>%d. %s</b> %s<br>%s"
              .formatted(
                  ++rank,
                  String.format(Locale.ROOT, "%.3f", hit.score()),
                  escape(hit.segment()),
                  escape(hit.row().text(IndexColumns.TITLE).orElse(hit.assetId())));
      figure("hit", picture(hit), legend);
    }
    page.append("</div>\n");
    return this;
  }

  private void figure(String kind, String content, String legend) {
    page.append("<figure class=\"").append(kind).append("\">").append(content);
    page.append("<figcaption>").append(legend).append("</figcaption></figure>\n");
  }

  private String picture(Hit hit) throws IOException {
    String mediaType = hit.row().text(IndexColumns.MEDIA_TYPE).orElse("");
    String excerpt = hit.row().text(IndexColumns.EXCERPT).map(ContactSheet::escape).orElse("");
    if (!SHOWN.contains(mediaType)) {
      return "<p>" + excerpt + "</p>";
    }
    try (InputStream in = blobs.open(hit.row().text(IndexColumns.SHA256).orElseThrow())) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES ? "<p>too large to show</p>" : image(mediaType, bytes);
    } catch (FileNotFoundException e) {
      return "<p>kept outside the lake</p>";
    }
  }

  private static String image(String mediaType, byte[] bytes) {
    return "<img alt=\"\" src=\"data:%s;base64,%s\">"
        .formatted(mediaType, Base64.getEncoder().encodeToString(bytes));
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

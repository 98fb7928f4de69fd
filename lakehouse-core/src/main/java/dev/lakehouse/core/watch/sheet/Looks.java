// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.sheet;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.text.Excerpt;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.watch.report.Shown.Look;
import java.util.Optional;

/** What a page shows of contents: a small picture or the beginning of a text, or why neither. */
public final class Looks {
  private final Contents contents;
  private final Thumbnails thumbnails;
  private final int excerpt;
  private long crowded;

  /** Looks at an opened content. */
  @FunctionalInterface
  private interface Looking {
    Look at(Opened opened) throws ItemException;
  }

  /**
   * @param contents where bytes are read
   * @param limits on what is decoded
   * @param bytes that all pictures may take
   * @param excerpt code points of a text
   */
  public Looks(Contents contents, Limits limits, long bytes, int excerpt) {
    this.contents = contents;
    this.thumbnails = new Thumbnails(limits, bytes);
    this.excerpt = excerpt;
  }

  /** What is seen of a picture. */
  public Look picture(Content content) {
    return look(content, opened -> picture(opened.bytes()));
  }

  /** What is seen of a text. */
  public Look text(Content content) {
    return look(content, opened -> text(opened.text()));
  }

  private Look look(Content content, Looking looking) {
    try (Opened opened = contents.open(content)) {
      return looking.at(opened);
    } catch (ItemException e) {
      return Look.nothing("cannot be shown: " + e.code().name());
    } catch (LakehouseException e) {
      return Look.nothing("its bytes cannot be read");
    }
  }

  private Look picture(byte[] bytes) throws ItemException {
    Optional<String> data = thumbnails.of(bytes);
    if (data.isEmpty()) {
      crowded++;
    }
    return data.map(Look::picture).orElseGet(() -> Look.nothing("no room on this page"));
  }

  /** What is seen of a text that is at hand. */
  public Look text(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.isEmpty() ? Look.nothing("empty") : Look.excerpt(Excerpt.of(line, excerpt));
  }

  /** Pictures that there was no room for. */
  public long crowded() {
    return crowded;
  }
}

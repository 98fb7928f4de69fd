// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;

/**
 * Tells a portable bitmap, greymap or pixmap from a text that begins with the same two letters.
 *
 * <p>Its sizes must be numbers. Behind them a plain one has only numbers and comments, and a raw
 * one that could be read as text has just as many bytes as its sizes say.
 */
public final class PnmHeader {
  private static final int LOOKED_AT = 512;
  private static final int LINE_END = 2;

  private final byte[] head;
  private final int kind;
  private int at = 2;

  private PnmHeader(byte[] head) {
    this.head = head;
    this.kind = head.length < 3 ? 0 : head[1] - '0';
  }

  /**
   * Whether the bytes begin as such a picture does.
   *
   * @param head all bytes, or the first {@link MediaTypes#HEAD_BYTES} of them
   */
  static boolean fits(byte[] head) {
    return new PnmHeader(head).fits();
  }

  /**
   * Width and height of such a picture.
   *
   * @throws ItemException CORRUPT if they are no numbers
   */
  public static long[] size(byte[] picture) throws ItemException {
    PnmHeader header = new PnmHeader(picture);
    long width = header.number();
    long height = header.number();
    if (width < 1 || height < 1) {
      throw new ItemException(ItemError.CORRUPT, "Its width and height are no numbers");
    }
    return new long[] {width, height};
  }

  private boolean fits() {
    if (kind < 1 || kind > 6 || head[0] != 'P' || !isSpace(head[2]) && head[2] != '#') {
      return false;
    }
    boolean bitmap = kind % 3 == 1;
    long width = number();
    long height = number();
    long max = bitmap ? 1 : number();
    if (width < 1 || height < 1 || max < 1) {
      return false;
    }
    return kind <= 3 ? hasNumbersOnly() : hasSamples(width, height, max, bitmap);
  }

  /** A number behind spaces and comments, -1 where there is none that a space ends. */
  private long number() {
    skipSpace();
    int digits = 0;
    long value = 0;
    while (at < head.length && head[at] >= '0' && head[at] <= '9' && digits < 18) {
      value = value * 10 + head[at++] - '0';
      digits++;
    }
    boolean ends = at >= head.length || isSpace(head[at]) || head[at] == '#';
    return digits > 0 && ends ? value : -1;
  }

  private void skipSpace() {
    boolean comment = false;
    while (at < head.length && (comment || head[at] == '#' || isSpace(head[at]))) {
      comment = head[at] == '#' || comment && head[at] != '\n';
      at++;
    }
  }

  private boolean hasNumbersOnly() {
    for (int end = Math.min(head.length, at + LOOKED_AT); at < end; at++) {
      skipSpace();
      if (at < end && (head[at] < '0' || head[at] > '9')) {
        return false;
      }
    }
    return true;
  }

  private boolean hasSamples(long width, long height, long max, boolean bitmap) {
    if (head.length >= MediaTypes.HEAD_BYTES || !TextSniffer.isPrintable(head)) {
      return true;
    }
    long row = bitmap ? (width + 7) / 8 : width * (kind == 6 ? 3 : 1) * (max > 255 ? 2 : 1);
    long behind = head.length - at - 1L;
    return behind <= 0 || behind / row >= height && behind - row * height <= LINE_END;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }
}

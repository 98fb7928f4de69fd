// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Untrusted bytes with one byte order: every read is checked, and one beyond the end says {@code
 * TRUNCATED}.
 */
public final class Bytes {
  private final byte[] array;
  private final ByteBuffer view;

  private Bytes(byte[] array, ByteOrder order) {
    this.array = array;
    this.view = ByteBuffer.wrap(array).order(order);
  }

  public static Bytes bigEndian(byte[] array) {
    return new Bytes(array, ByteOrder.BIG_ENDIAN);
  }

  public static Bytes littleEndian(byte[] array) {
    return new Bytes(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** The bytes themselves; not copied. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return array.length;
  }

  /** A byte, 0 to 255. */
  public int u8(long at) throws ItemException {
    require(at, 1);
    return array[(int) at] & 0xFF;
  }

  public int u16(long at) throws ItemException {
    require(at, 2);
    return view.getShort((int) at) & 0xFFFF;
  }

  public int u24(long at) throws ItemException {
    int low = view.order() == ByteOrder.LITTLE_ENDIAN ? 0 : 2;
    return u8(at + low) | u8(at + 1) << 8 | u8(at + 2 - low) << 16;
  }

  public int i32(long at) throws ItemException {
    require(at, 4);
    return view.getInt((int) at);
  }

  public long u32(long at) throws ItemException {
    return i32(at) & 0xFFFFFFFFL;
  }

  public long i64(long at) throws ItemException {
    require(at, 8);
    return view.getLong((int) at);
  }

  /** Some bytes as characters of Latin-1. */
  public String ascii(long at, int count) throws ItemException {
    require(at, count);
    return new String(array, (int) at, count, ISO_8859_1);
  }

  /** Whether these bytes are there and spell this. */
  public boolean spells(long at, String expected) {
    return at >= 0
        && at + expected.length() <= array.length
        && new String(array, (int) at, expected.length(), ISO_8859_1).equals(expected);
  }

  /**
   * Checks that a range lies inside the file.
   *
   * @throws ItemException with {@code TRUNCATED} if it does not
   */
  public void require(long at, long count) throws ItemException {
    if (at < 0 || count < 0 || at > array.length - count) {
      throw new ItemException(
          ItemError.TRUNCATED,
          "The file ends at byte %d, but %d bytes are expected at %d"
              .formatted(array.length, count, at));
    }
  }
}

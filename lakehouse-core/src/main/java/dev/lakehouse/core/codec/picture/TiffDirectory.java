// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The first directory of a TIFF or BigTIFF, and how many follow it. */
final class TiffDirectory {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int COMPRESSION = 259;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTES = 279;
  static final int PLANAR = 284;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTES = 325;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;
  static final int XMP = 700;

  /** Everything that pixels are made from; the rest could only mislead a decoder. */
  private static final Set<Integer> OF_PIXELS =
      Set.of(
          WIDTH,
          HEIGHT,
          BITS,
          COMPRESSION,
          262,
          266,
          STRIP_OFFSETS,
          SAMPLES,
          ROWS_PER_STRIP,
          STRIP_BYTES,
          PLANAR,
          290,
          291,
          292,
          293,
          317,
          320,
          TILE_WIDTH,
          TILE_HEIGHT,
          TILE_OFFSETS,
          TILE_BYTES,
          332,
          EXTRA_SAMPLES,
          SAMPLE_FORMAT,
          347,
          512,
          513,
          514,
          515,
          519,
          520,
          521,
          529,
          530,
          531,
          532);

  /** Bytes of a value by type; 0 for types that do not exist. */
  private static final int[] SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  /** An entry, and where its values are. */
  private record Entry(int type, long count, long valuesAt) {}

  private final Bytes in;
  private final boolean big;
  private final long start;
  private final long count;
  private final Map<Integer, Entry> entries = new HashMap<>();

  private TiffDirectory(Bytes in, long start) throws ItemException {
    this.in = in;
    this.big = isBig(in);
    this.start = start;
    this.count = big ? in.i64(start) : in.u16(start);
    if (count < 1 || count > 65535) {
      throw new ItemException(ItemError.CORRUPT, "TIFF directory of %d entries".formatted(count));
    }
    in.require(start, headBytes() + count * entryBytes() + linkBytes());
    for (long i = 0; i < count; i++) {
      long at = entryAt(i);
      int tag = in.u16(at);
      if (isUsed(tag) && entries.put(tag, entry(at)) != null) {
        throw new ItemException(
            ItemError.CORRUPT, "TIFF directory with tag %d twice".formatted(tag));
      }
    }
  }

  /** The first directory of a file. */
  static TiffDirectory first(byte[] file) throws ItemException {
    Bytes in = file[0] == 'I' ? Bytes.littleEndian(file) : Bytes.bigEndian(file);
    return new TiffDirectory(in, isBig(in) ? in.i64(8) : in.u32(4));
  }

  private static boolean isBig(Bytes in) throws ItemException {
    return in.u16(2) == 43;
  }

  private static boolean isUsed(int tag) {
    return OF_PIXELS.contains(tag) || tag == ORIENTATION || tag == XMP || tag == Exif.GPS_DIRECTORY;
  }

  private int headBytes() {
    return big ? 8 : 2;
  }

  private int entryBytes() {
    return big ? 20 : 12;
  }

  private int linkBytes() {
    return big ? 8 : 4;
  }

  private long entryAt(long i) {
    return start + headBytes() + i * entryBytes();
  }

  private Entry entry(long at) throws ItemException {
    int type = in.u16(at + 2);
    long values = big ? in.i64(at + 4) : in.u32(at + 4);
    if (type >= SIZES.length || SIZES[type] == 0 || values < 0 || values > in.length()) {
      throw new ItemException(
          ItemError.CORRUPT,
          "TIFF tag %d with %d values of type %d".formatted(in.u16(at), values, type));
    }
    long inline = at + (big ? 12 : 8);
    long bytes = values * SIZES[type];
    long valuesAt = bytes <= linkBytes() ? inline : offset(inline);
    in.require(valuesAt, bytes);
    return new Entry(type, values, valuesAt);
  }

  private long offset(long at) throws ItemException {
    return big ? in.i64(at) : in.u32(at);
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** The first value of a tag. */
  long value(int tag, long fallback) throws ItemException {
    Entry entry = entries.get(tag);
    return entry == null || entry.count == 0 ? fallback : value(entry, 0);
  }

  /** All values of a tag; none where it is absent. */
  List<Long> values(int tag) throws ItemException {
    List<Long> values = new ArrayList<>();
    Entry entry = entries.get(tag);
    for (long i = 0; entry != null && i < entry.count; i++) {
      values.add(value(entry, i));
    }
    return values;
  }

  private long value(Entry entry, long i) throws ItemException {
    long at = entry.valuesAt + i * SIZES[entry.type];
    return switch (SIZES[entry.type]) {
      case 1 -> in.u8(at);
      case 2 -> in.u16(at);
      case 4 -> in.u32(at);
      default -> in.i64(at);
    };
  }

  /** The bytes of a tag. */
  byte[] bytes(int tag) {
    Entry entry = entries.get(tag);
    if (entry == null) {
      return new byte[0];
    }
    int from = (int) entry.valuesAt;
    return Arrays.copyOfRange(in.array(), from, from + (int) (entry.count * SIZES[entry.type]));
  }

  /** Whether the directory of GPS facts has any. */
  boolean hasGps() {
    try {
      long at = value(Exif.GPS_DIRECTORY, -1);
      return at >= 0 && in.u16(at) > 0;
    } catch (ItemException e) {
      return false;
    }
  }

  /** Checks that a range lies inside the file. */
  void require(long at, long bytes) throws ItemException {
    in.require(at, bytes);
  }

  /** Directories from this one on; a loop ends the count and is told. */
  int countPages(Limits limits, List<String> warnings) throws ItemException {
    Set<Long> seen = new HashSet<>();
    long at = start;
    while (at != 0 && seen.add(at)) {
      limits.requireFrames(seen.size());
      long found = big ? in.i64(at) : in.u16(at);
      if (found < 0 || found > in.length()) {
        throw new ItemException(ItemError.CORRUPT, "TIFF directory of %d entries".formatted(found));
      }
      at = offset(at + headBytes() + found * entryBytes());
    }
    if (at != 0) {
      warnings.add("TIFF_PAGE_LOOP");
    }
    return seen.size();
  }

  /**
   * A copy of the file in which this is the only directory, with nothing but what its pixels need:
   * no loops, no nested directories, no profiles.
   */
  byte[] stripped() throws ItemException {
    byte[] copy = in.array().clone();
    int kept = 0;
    for (long i = 0; i < count; i++) {
      int tag = in.u16(entryAt(i));
      if (OF_PIXELS.contains(tag)) {
        System.arraycopy(in.array(), (int) entryAt(i), copy, (int) entryAt(kept), entryBytes());
        kept++;
      }
    }
    writeCount(copy, kept);
    int link = (int) entryAt(kept);
    Arrays.fill(copy, link, link + linkBytes(), (byte) 0);
    return copy;
  }

  private void writeCount(byte[] copy, int kept) {
    boolean little = copy[0] == 'I';
    for (int i = 0; i < headBytes(); i++) {
      int power = little ? i : headBytes() - 1 - i;
      copy[(int) start + i] = (byte) (power > 3 ? 0 : kept >> 8 * power);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The markers of a JPEG from its start to its end marker. */
final class JpegStructure {
  private static final int SOF0 = 0xC0;
  private static final int SOF2 = 0xC2;
  private static final int DHT = 0xC4;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DQT = 0xDB;
  private static final int DRI = 0xDD;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;

  private static final int HEAD_BYTES = 1024; // of tables and a frame header, as most have

  private static final String EXIF = "Exif\0\0";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";

  private final Bytes in;
  private final Limits limits;
  private final ByteArrayOutputStream stripped;
  private final List<String> warnings = new ArrayList<>();
  private final List<Integer> componentIds = new ArrayList<>();
  private final Set<Integer> scanned = new HashSet<>();
  private Exif exif = Exif.NONE;
  private OptionalInt adobeTransform = OptionalInt.empty();
  private boolean jfif;
  private int scans;
  private int width;
  private int height;
  private boolean progressive;
  private boolean endless;
  private final JpegScans progress = new JpegScans();

  private JpegStructure(Bytes in, Limits limits, int stripped) {
    this.in = in;
    this.limits = limits;
    this.stripped = new ByteArrayOutputStream(stripped);
  }

  /** The markers before the first scan alone: what a file says of itself. */
  static JpegStructure head(Bytes in, Limits limits) throws ItemException {
    JpegStructure structure = new JpegStructure(in, limits, HEAD_BYTES);
    structure.toFirstScan();
    return structure;
  }

  /**
   * Walks the markers.
   *
   * <p>A file that ends inside its last scan gets its end marker; only decoding tells whether it
   * lacked nothing else.
   *
   * @throws ItemException with {@code TRUNCATED} if a component's data is missing
   */
  static JpegStructure walk(Bytes in, Limits limits) throws ItemException {
    JpegStructure structure = new JpegStructure(in, limits, in.length());
    structure.walk();
    return structure;
  }

  int components() {
    return componentIds.size();
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  long area() {
    return (long) width * height;
  }

  /** Whether the picture is refined from scan to scan. */
  boolean progressive() {
    return progressive;
  }

  List<Integer> componentIds() {
    return componentIds;
  }

  OptionalInt adobeTransform() {
    return adobeTransform;
  }

  boolean jfif() {
    return jfif;
  }

  Exif exif() {
    return exif;
  }

  List<String> warnings() {
    return warnings;
  }

  /** Whether the file ends inside its last scan, perhaps where nothing but the end marker lacks. */
  boolean endless() {
    return endless;
  }

  /** The same picture without anything that its pixels do not need. */
  byte[] stripped() {
    return stripped.toByteArray();
  }

  private void walk() throws ItemException {
    long at = toFirstScan();
    while (!endless && in.u8(at - 1) != EOI) {
      int marker = in.u8(at - 1);
      long behind = standsAlone(marker) ? at : segment(marker, at);
      at = endless ? behind : nextMarker(behind);
    }
    if (endless) {
      progress.requireAll(componentIds);
      warnings.add("JPEG_NO_END_MARKER");
    }
    stripped.write(0xFF);
    stripped.write(EOI);
    if (componentIds.isEmpty() || !scanned.containsAll(componentIds)) {
      throw new ItemException(
          ItemError.TRUNCATED,
          "JPEG has data for %d of its %d components"
              .formatted(scanned.size(), componentIds.size()));
    }
  }

  /** The offset behind the marker of the first scan, or of the end. */
  private long toFirstScan() throws ItemException {
    keep(0, 2);
    long at = nextMarker(2);
    for (int marker = in.u8(at - 1); marker != SOS && marker != EOI; marker = in.u8(at - 1)) {
      at = nextMarker(standsAlone(marker) ? at : segment(marker, at));
    }
    return at;
  }

  /** The offset behind the next marker; what lies before it belongs to nothing. */
  private long nextMarker(long from) throws ItemException {
    long at = from;
    while (in.u8(at) != 0xFF || in.u8(at + 1) == 0 || in.u8(at + 1) == 0xFF) {
      at++;
    }
    boolean fillOnly = true;
    for (long i = from; i < at; i++) {
      fillOnly &= in.u8(i) == 0xFF;
    }
    if (!fillOnly) {
      warnings.add("JPEG_EXTRA_BYTES");
    }
    return at + 2;
  }

  private static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7) || marker == EOI;
  }

  /** Takes the segment that starts behind its marker; returns where it ends. */
  private long segment(int marker, long at) throws ItemException {
    int length = in.u16(at);
    if (length < 2 || marker == SOI) {
      throw new ItemException(
          ItemError.CORRUPT, "JPEG marker %02x with length %d".formatted(marker, length));
    }
    in.require(at, length);
    switch (marker) {
      case DHT, DQT, DRI -> keep(at - 2, length + 2);
      case SOS -> {
        return scan(at, length);
      }
      case APP0 -> jfif |= in.spells(at + 2, "JFIF");
      case APP1 -> metadata(at + 2, length - 2);
      case APP14 -> adobe(at + 2, length - 2);
      default -> {
        if (marker >= SOF0 && marker <= 0xCF) {
          frame(marker, at, length);
        }
      }
    }
    return at + length;
  }

  private void frame(int marker, long at, int length) throws ItemException {
    if (marker > SOF2) {
      throw new ItemException(
          ItemError.UNSUPPORTED_FEATURE,
          "JPEG process %02x: only baseline, extended and progressive are taken".formatted(marker));
    }
    if (in.u8(at + 2) != 8) {
      throw new ItemException(
          ItemError.UNSUPPORTED_FEATURE, "JPEG with %d bits a sample".formatted(in.u8(at + 2)));
    }
    progressive = marker == SOF2;
    width = in.u16(at + 5);
    height = in.u16(at + 3);
    limits.requireArea(width, height);
    int components = in.u8(at + 7);
    if (!componentIds.isEmpty() || length != 8 + 3 * components) {
      throw new ItemException(ItemError.CORRUPT, "JPEG with a second or a broken frame header");
    }
    if (components != 1 && components != 3 && components != 4) {
      throw new ItemException(
          ItemError.UNSUPPORTED_FEATURE, "JPEG with %d components".formatted(components));
    }
    for (int i = 0; i < components; i++) {
      componentIds.add(in.u8(at + 8 + 3L * i));
    }
    keep(at - 2, length + 2);
  }

  /** Takes a scan with its entropy-coded data; returns where the next marker stands. */
  private long scan(long at, int length) throws ItemException {
    scans++;
    if (scans > Limits.MAX_JPEG_SCANS) {
      throw new ItemException(
          ItemError.FRAME_LIMIT, "JPEG with more than %d scans".formatted(Limits.MAX_JPEG_SCANS));
    }
    int components = in.u8(at + 2);
    for (int i = 0; i < components && 3 + 2 * i < length; i++) {
      scanned.add(in.u8(at + 3 + 2L * i));
    }
    if (progressive) {
      progress.add(in, at + 2);
    }
    long end = endOfScan(at + length);
    keep(at - 2, end - at + 2);
    return end;
  }

  private long endOfScan(long data) throws ItemException {
    long end = data;
    while (end + 1 < in.length() && (in.u8(end) != 0xFF || isInsideScan(in.u8(end + 1)))) {
      end++;
    }
    endless = end + 1 >= in.length();
    if (endless && in.u8(in.length() - 1L) == 0xFF) { // cut inside a marker, whichever it was
      in.require(in.length(), 1);
    }
    return endless ? in.length() : end;
  }

  private static boolean isInsideScan(int afterFf) {
    return afterFf == 0 || afterFf == 0xFF || (afterFf >= 0xD0 && afterFf <= 0xD7);
  }

  private void metadata(long at, int length) {
    byte[] block = Arrays.copyOfRange(in.array(), (int) at, (int) at + length);
    if (in.spells(at, EXIF)) {
      Exif found = Exif.of(block);
      if (!found.readable()) {
        warnings.add("EXIF_UNREADABLE");
      }
      exif = exif.and(found);
    } else if (in.spells(at, XMP)) {
      exif = exif.and(Exif.ofXmp(block));
    }
  }

  private void adobe(long at, int length) throws ItemException {
    if (length >= 12 && in.spells(at, "Adobe")) {
      adobeTransform = OptionalInt.of(in.u8(at + 11));
    }
  }

  private void keep(long at, long count) {
    stripped.write(in.array(), (int) at, (int) count);
  }
}

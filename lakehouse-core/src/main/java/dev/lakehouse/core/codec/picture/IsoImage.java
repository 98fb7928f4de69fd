// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What the boxes of an AVIF say of its main picture (ISO/IEC 23008-12: image file format).
 *
 * @param width pixels as stored
 * @param height pixels as stored
 * @param orientation as in EXIF, 1 to 8: that of its boxes, which alone counts in this format
 */
record IsoImage(int width, int height, int orientation) {
  private static final int[] TURNED = {1, 8, 3, 6}; // by so many right angles, anticlockwise
  private static final int[] TURNED_AND_LEFT_RIGHT = {2, 7, 4, 5};
  private static final int[] TURNED_AND_TOP_BOTTOM = {4, 5, 2, 7};
  private static final int MAX_BOXES = 10_000;

  /** A box: where its content begins and ends. */
  private record Box(String type, long from, long to) {}

  static IsoImage of(byte[] file) throws ItemException {
    Bytes in = Bytes.bigEndian(file);
    Box meta = required(in, boxes(in, 0, file.length), "meta");
    List<Box> described = boxes(in, meta.from() + 4, meta.to());
    Box primary = required(in, described, "pitm");
    long item =
        in.u8(primary.from()) == 0 ? in.u16(primary.from() + 4) : in.u32(primary.from() + 4);
    List<Box> properties = boxesOf(in, required(in, described, "iprp"));
    List<Box> all = boxesOf(in, required(in, properties, "ipco"));
    int width = 0;
    int height = 0;
    int angle = 0;
    int mirror = -1;
    for (int index : associated(in, required(in, properties, "ipma"), item)) {
      Box property = index < 1 || index > all.size() ? primary : all.get(index - 1);
      switch (property.type()) {
        case "ispe" -> {
          width = in.i32(property.from() + 4);
          height = in.i32(property.from() + 8);
        }
        case "irot" -> angle = in.u8(property.from()) & 3;
        case "imir" -> mirror = in.u8(property.from()) & 1;
        default -> {}
      }
    }
    return new IsoImage(width, height, orientation(angle, mirror));
  }

  private static int orientation(int angle, int mirror) {
    return switch (mirror) {
      case 0 -> TURNED_AND_TOP_BOTTOM[angle];
      case 1 -> TURNED_AND_LEFT_RIGHT[angle];
      default -> TURNED[angle];
    };
  }

  private static List<Box> boxesOf(Bytes in, Box box) throws ItemException {
    return boxes(in, box.from(), box.to());
  }

  private static List<Box> boxes(Bytes in, long from, long to) throws ItemException {
    List<Box> boxes = new ArrayList<>();
    for (long at = from; at + 8 <= to && boxes.size() < MAX_BOXES; ) {
      long size = in.u32(at);
      long header = 8;
      if (size == 1) {
        size = in.i64(at + 8);
        header = 16;
      } else if (size == 0) {
        size = to - at;
      }
      if (size < header || size > to - at) {
        throw new ItemException(ItemError.TRUNCATED, "A box of %d bytes at %d".formatted(size, at));
      }
      boxes.add(new Box(in.ascii(at + 4, 4), at + header, at + size));
      at += size;
    }
    return boxes;
  }

  private static Box required(Bytes in, List<Box> boxes, String type) throws ItemException {
    return boxes.stream()
        .filter(box -> box.type().equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new ItemException(
                    ItemError.CORRUPT, "No %s among its %d bytes".formatted(type, in.length())));
  }

  /** Numbers of the properties of an item, from 1. */
  private static List<Integer> associated(Bytes in, Box ipma, long item) throws ItemException {
    boolean wideItems = in.u8(ipma.from()) > 0;
    boolean wideNumbers = (in.u8(ipma.from() + 3) & 1) != 0;
    long at = ipma.from() + 8;
    for (long left = in.u32(ipma.from() + 4); left > 0 && at < ipma.to(); left--) {
      long id = wideItems ? in.u32(at) : in.u16(at);
      at += wideItems ? 4 : 2;
      int count = in.u8(at++);
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < count; i++, at += wideNumbers ? 2 : 1) {
        numbers.add(wideNumbers ? in.u16(at) & 0x7FFF : in.u8(at) & 0x7F);
      }
      if (id == item) {
        return numbers;
      }
    }
    throw new ItemException(ItemError.CORRUPT, "Its main picture has no size");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

/**
 * What the frame header of a JPEG claims.
 *
 * @param width in pixels, as stored
 * @param height in pixels, as stored
 * @param progressive whether the picture is refined from scan to scan
 */
record JpegFrame(int width, int height, boolean progressive) {
  private static final int SOF0 = 0xC0;
  private static final int SOF15 = 0xCF;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int SOF2 = 0xC2;

  /** The first frame header, found from marker to marker. */
  static JpegFrame find(Bytes in) throws CodecException {
    for (long at = 2; ; at += 2 + in.u16(at + 2)) {
      while (in.u8(at) != 0xFF || in.u8(at + 1) == 0xFF) {
        at++;
      }
      int marker = in.u8(at + 1);
      boolean table = marker == DHT || marker == JPG || marker == DAC;
      if (marker >= SOF0 && marker <= SOF15 && !table) {
        return new JpegFrame(in.u16(at + 7), in.u16(at + 5), marker == SOF2);
      }
    }
  }

  long area() {
    return (long) width * height;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import static org.bytedeco.leptonica.global.leptonica.L_SEVERITY_NONE;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.NativeLoading;
import dev.lakehouse.core.codec.bitmap.Opacity;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.leptonica.global.leptonica;

/** Decoders of libjpeg-turbo and libwebp, as Leptonica carries them. */
final class NativeImages {
  private static final int EIGHT_BITS = 8;
  private static final int SAMPLES_WITH_ALPHA = 4;

  private NativeImages() {}

  /** Set before the first class of JavaCPP is touched; what the user set goes first. */
  private static final class Prepared {
    static {
      setDefault("org.bytedeco.javacpp.cachedir", JvmFolder.place("javacpp").toString());
      // its own limit on the memory of the process would end tasks that hold large models
      setDefault("org.bytedeco.javacpp.maxBytes", "0");
      setDefault("org.bytedeco.javacpp.maxPhysicalBytes", "0");
      setDefault("org.bytedeco.javacpp.noPointerGC", "true"); // and a thread; we free what we take
      NativeLoading.run(() -> Loader.load(leptonica.class));
      leptonica.setMsgSeverity(L_SEVERITY_NONE);
    }

    private static void setDefault(String property, String value) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, value);
      }
    }

    static void require() {}
  }

  /**
   * A picture, and the alpha that its file has beside it.
   *
   * @param pixels without alpha
   * @param opacity alpha, a level for each pixel
   */
  record Decoded(PixelImage pixels, Optional<Opacity> opacity) {}

  /**
   * A JPEG of one component, or of three that libjpeg takes for YCbCr, at a fraction of its size.
   *
   * @param denominator 1, 2, 4 or 8
   * @return nothing if the decoder has anything to say against the file
   */
  static Optional<PixelImage> jpeg(byte[] bytes, int denominator) throws ItemException {
    Prepared.require();
    int[] warnings = new int[1];
    PIX pix = leptonica.pixReadMemJpeg(bytes, bytes.length, 0, denominator, warnings, 0);
    if (pix == null) {
      return Optional.empty();
    }
    try {
      return warnings[0] == 0 ? Optional.of(pixels(pix)) : Optional.empty();
    } finally {
      leptonica.pixDestroy(pix);
    }
  }

  /**
   * A WebP of one frame.
   *
   * @throws ItemException CORRUPT if it cannot be decoded
   */
  static Decoded webp(byte[] bytes) throws ItemException {
    Prepared.require();
    PIX pix = leptonica.pixReadMemWebP(bytes, bytes.length);
    if (pix == null) {
      throw new ItemException(ItemError.CORRUPT, "libwebp cannot decode the picture");
    }
    try {
      return new Decoded(pixels(pix), opacity(pix));
    } finally {
      leptonica.pixDestroy(pix);
    }
  }

  /** Such as {@code libjpeg-turbo 3.0.1, libwebp 1.5.0}. */
  static String versions() {
    Prepared.require();
    try (BytePointer all = leptonica.getImagelibVersions()) {
      String versions = all.getString();
      leptonica.lept_free(all);
      return Arrays.stream(versions.split(" : "))
          .filter(version -> version.matches("lib(jpeg|webp).*"))
          .map(version -> version.replaceAll(".*\\((.*)\\)", "$1"))
          .collect(Collectors.joining(", "));
    }
  }

  /** Leptonica keeps a line in whole words, its first sample in the word's highest byte. */
  private static PixelImage pixels(PIX pix) throws ItemException {
    int width = pix.w();
    int height = pix.h();
    boolean grey = pix.d() == EIGHT_BITS;
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    int[] line = new int[pix.wpl()];
    try (IntPointer data = pix.data()) {
      for (int y = 0, out = 0; y < height; y++, out += 3 * width) {
        data.position((long) y * line.length).get(line);
        if (grey) {
          grey(line, width, rgb, out);
        } else {
          colours(line, width, rgb, out);
        }
      }
    }
    return new PixelImage(width, height, rgb);
  }

  private static Optional<Opacity> opacity(PIX pix) {
    if (pix.spp() != SAMPLES_WITH_ALPHA) {
      return Optional.empty();
    }
    int width = pix.w();
    byte[] levels = new byte[Math.multiplyExact(width, pix.h())];
    int[] line = new int[pix.wpl()];
    try (IntPointer data = pix.data()) {
      for (int y = 0, out = 0; y < pix.h(); y++) {
        data.position((long) y * line.length).get(line);
        for (int x = 0; x < width; x++) {
          levels[out++] = (byte) line[x];
        }
      }
    }
    return Optional.of(new Opacity(levels));
  }

  private static void colours(int[] line, int width, byte[] rgb, int from) {
    for (int x = 0, out = from; x < width; x++, out += 3) {
      int word = line[x];
      rgb[out] = (byte) (word >> 24);
      rgb[out + 1] = (byte) (word >> 16);
      rgb[out + 2] = (byte) (word >> 8);
    }
  }

  private static void grey(int[] line, int width, byte[] rgb, int from) {
    for (int x = 0, out = from; x < width; x++, out += 3) {
      byte value = (byte) (line[x >> 2] >> 24 - 8 * (x & 3));
      rgb[out] = value;
      rgb[out + 1] = value;
      rgb[out + 2] = value;
    }
  }
}

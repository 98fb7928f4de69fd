// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.codec.bitmap.PixelImage;
import java.util.List;

/**
 * Turns the samples of a JPEG into RGB with the integer arithmetic of libjpeg and of Pillow, so
 * that the bytes are the same as theirs.
 */
enum JpegColours {
  GREY {
    @Override
    PixelImage toRgb(byte[] samples, int width, int height) {
      byte[] rgb = new byte[samples.length * 3];
      for (int i = 0; i < samples.length; i++) {
        rgb[3 * i] = samples[i];
        rgb[3 * i + 1] = samples[i];
        rgb[3 * i + 2] = samples[i];
      }
      return new PixelImage(width, height, rgb);
    }
  },

  RGB {
    @Override
    PixelImage toRgb(byte[] samples, int width, int height) {
      return new PixelImage(width, height, samples);
    }
  },

  YCC {
    @Override
    PixelImage toRgb(byte[] samples, int width, int height) {
      for (int i = 0; i < samples.length; i += 3) {
        yccToRgb(samples, i);
      }
      return new PixelImage(width, height, samples);
    }
  },

  /** As Adobe writes it: every sample is 255 minus the amount of ink. */
  CMYK {
    @Override
    PixelImage toRgb(byte[] samples, int width, int height) {
      byte[] rgb = new byte[samples.length / 4 * 3];
      for (int i = 0; i < samples.length / 4; i++) {
        for (int band = 0; band < 3; band++) {
          rgb[3 * i + band] =
              underInk(255 - (samples[4 * i + band] & 0xFF), samples[4 * i + 3] & 0xFF);
        }
      }
      return new PixelImage(width, height, rgb);
    }
  },

  /** CMY is coded as YCC of its complement; K is stored beside it. */
  YCCK {
    @Override
    PixelImage toRgb(byte[] samples, int width, int height) {
      for (int i = 0; i < samples.length; i += 4) {
        yccToRgb(samples, i);
        for (int band = 0; band < 3; band++) {
          samples[i + band] = (byte) (255 - (samples[i + band] & 0xFF));
        }
      }
      return CMYK.toRgb(samples, width, height);
    }
  };

  private static final int FRACTION_BITS = 16;
  private static final int HALF = 1 << 15;

  /** RGB out of interleaved samples, which may be changed in place. */
  abstract PixelImage toRgb(byte[] samples, int width, int height);

  /** The colours that libjpeg concludes from the markers. */
  static JpegColours of(JpegStructure structure) {
    return switch (structure.components()) {
      case 1 -> GREY;
      case 3 -> ofThree(structure);
      default -> structure.adobeTransform().orElse(0) == 2 ? YCCK : CMYK;
    };
  }

  private static JpegColours ofThree(JpegStructure structure) {
    if (structure.jfif()) {
      return YCC;
    }
    if (structure.adobeTransform().isPresent()) {
      return structure.adobeTransform().getAsInt() == 0 ? RGB : YCC;
    }
    return spellsRgb(structure) ? RGB : YCC;
  }

  /** What libjpeg takes for RGB where no marker says otherwise. */
  static boolean spellsRgb(JpegStructure structure) {
    return structure.componentIds().equals(List.of((int) 'R', (int) 'G', (int) 'B'));
  }

  private static void yccToRgb(byte[] samples, int at) {
    int luma = samples[at] & 0xFF;
    int blue = (samples[at + 1] & 0xFF) - 128;
    int red = (samples[at + 2] & 0xFF) - 128;
    samples[at] = clip(luma + (fixed(1.40200) * red + HALF >> FRACTION_BITS));
    samples[at + 1] =
        clip(luma + (-fixed(0.34414) * blue - fixed(0.71414) * red + HALF >> FRACTION_BITS));
    samples[at + 2] = clip(luma + (fixed(1.77200) * blue + HALF >> FRACTION_BITS));
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << FRACTION_BITS) + 0.5);
  }

  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  /** What an ink leaves of the light that black leaves: white - ink * white, rounded as Pillow. */
  static byte underInk(int ink, int white) {
    int product = ink * white + 128;
    return clip(white - ((product >> 8) + product >> 8));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/** Reads with a plug-in of ImageIO that is named, not searched for: class loaders do not matter. */
final class Plugins {
  static {
    ImageIO.setUseCache(false); // readers that open streams of their own must not write files
  }

  private Plugins() {}

  /** The first picture. */
  static BufferedImage read(ImageReaderSpi plugin, byte[] bytes) throws IOException {
    ImageReader reader = plugin.createReaderInstance(null);
    try (var in = new ByteArrayImageInputStream(bytes)) {
      reader.setInput(in, false, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Picture files, sound and damaged. */
final class Pictures {
  private static final float JPEG_QUALITY = 0.92f;

  private Pictures() {}

  static byte[] png(BufferedImage picture) throws IOException {
    return encoded(picture, "png");
  }

  static byte[] jpeg(BufferedImage picture) throws IOException {
    return encoded(picture, "jpeg");
  }

  private static byte[] encoded(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      if (format.equals("jpeg")) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(JPEG_QUALITY);
      }
      writer.write(null, new IIOImage(picture, null, null), settings);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The first six tenths of a file. */
  static byte[] truncated(byte[] file) {
    return Arrays.copyOf(file, file.length * 6 / 10);
  }

  /** A file with forty wrong bytes in its middle. */
  static byte[] corrupted(byte[] file) {
    byte[] corrupted = file.clone();
    for (int i = file.length / 2; i < file.length / 2 + 40; i++) {
      corrupted[i] ^= 0x5A;
    }
    return corrupted;
  }

  /** A PNG of a few bytes that says it is 60,000 pixels wide and high. */
  static byte[] bomb() {
    ByteBuffer file = ByteBuffer.allocate(57);
    file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(60_000).putInt(60_000);
    chunk(file, "IHDR", header.put(new byte[] {8, 2, 0, 0, 0}).array());
    chunk(file, "IDAT", new byte[0]);
    chunk(file, "IEND", new byte[0]);
    return file.array();
  }

  private static void chunk(ByteBuffer file, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    file.putInt(data.length).put(name).put(data).putInt((int) crc.getValue());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures drawn for tests, and files made of them. */
public final class Pictures {

  private Pictures() {}

  /** Shapes on a gradient, with some grain; the same for the same seed. */
  public static BufferedImage drawn(int width, int height, int type, long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D canvas = image.createGraphics();
    canvas.setPaint(new GradientPaint(0, 0, colour(random), width, height, colour(random)));
    canvas.fillRect(0, 0, width, height);
    for (int i = 0; i < 12; i++) {
      canvas.setPaint(colour(random));
      canvas.fillOval(random.nextInt(width), random.nextInt(height), width / 4 + 1, height / 5 + 1);
    }
    canvas.dispose();
    return image;
  }

  private static Color colour(Random random) {
    return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }

  /** A colour picture in a format of ImageIO's own. */
  public static byte[] file(String format) {
    return file(drawn(160, 120, BufferedImage.TYPE_INT_RGB, 7), format);
  }

  public static byte[] file(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("No writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] progressiveJpeg() {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(
          null, new IIOImage(drawn(160, 120, BufferedImage.TYPE_INT_RGB, 7), null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** A JPEG with an EXIF block of big-endian entries put behind its start. */
  static byte[] withExif(byte[] jpeg, byte[] tiff) {
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + tiff.length + 10);
    out.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) (tiff.length + 8));
    out.put("Exif\0\0".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)).put(tiff);
    return out.put(jpeg, 2, jpeg.length - 2).array();
  }

  /** EXIF with an orientation and, where asked for, a directory of GPS facts. */
  static byte[] exif(int orientation, int gpsEntries) {
    ByteBuffer out = ByteBuffer.allocate(64);
    out.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
    out.putShort((short) 2);
    out.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    out.putShort((short) orientation).putShort((short) 0);
    out.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(38);
    out.putInt(0).putShort((short) gpsEntries);
    return out.array();
  }

  /** A PNG of one header and the chunks that follow it. */
  static byte[] png(int width, int height, int depth, int colour, byte[]... chunks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    out.writeBytes(chunk("IHDR", header.put((byte) depth).put((byte) colour).array()));
    Arrays.stream(chunks).forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** A square PNG of a few megabytes that takes seconds to decode. */
  public static byte[] slow(int side) {
    byte[] row = new byte[1 + 8 * side];
    row[0] = 4; // Paeth
    for (int i = 1; i < row.length; i++) {
      row[i] = (byte) (i * 7);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var stream = new DeflaterOutputStream(packed)) {
      for (int y = 0; y < side; y++) {
        stream.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png(side, side, 16, 6, chunk("IDAT", packed.toByteArray()), chunk("IEND", new byte[0]));
  }

  static byte[] chunk(String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(data.length + 12).putInt(data.length);
    chunk.put(type.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)).put(data);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, data.length + 4);
    return chunk.putInt((int) crc.getValue()).array();
  }

  static byte[] deflated(byte[] data) {
    java.util.zip.Deflater deflater = new java.util.zip.Deflater(9);
    deflater.setInput(data);
    deflater.finish();
    byte[] buffer = new byte[data.length + 64];
    int count = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, count);
  }
}

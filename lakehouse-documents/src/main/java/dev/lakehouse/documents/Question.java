// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What is to be read, and how much of it at most. On the wire in this order; a string is the number
 * of its UTF-8 bytes and those.
 *
 * @param file a regular file of this machine
 * @param mediaType what its bytes were found to be
 * @param maxCharacters of all its text
 * @param maxUnpacked bytes that what is packed in it may grow to
 * @param maxEmbedded items within it of which bytes are answered
 * @param maxEmbeddedBytes of these in all
 */
record Question(
    Path file,
    String mediaType,
    int maxCharacters,
    long maxUnpacked,
    int maxEmbedded,
    long maxEmbeddedBytes) {

  static Question of(byte[] frame) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame));
    return new Question(
        Path.of(string(in)), string(in), in.readInt(), in.readLong(), in.readInt(), in.readLong());
  }

  private static String string(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What is said to a {@link Question}: the byte 0 and the document, or the byte 1, the name of a
 * {@link Refusal.Code} and a message for people.
 *
 * <p>A document is three lists, each with its length in front: facts (name, value), parts (kind,
 * number, name, text) and embedded items (name, media type, 1 for a picture, part, size, number of
 * bytes or -1, the bytes). A string is the number of its UTF-8 bytes and those.
 */
final class Answer {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private Answer() {}

  static byte[] to(byte[] question) throws IOException {
    try {
      Reading reading = new Reading(Question.of(question));
      Reader.read(reading);
      return new Answer().document(reading);
    } catch (Refusal e) {
      return new Answer().refusal(e);
    }
  }

  private byte[] refusal(Refusal refusal) throws IOException {
    out.writeByte(1);
    string(refusal.code().name());
    string(String.valueOf(refusal.getMessage()));
    return bytes.toByteArray();
  }

  private byte[] document(Reading reading) throws IOException {
    out.writeByte(0);
    out.writeInt(reading.facts().size());
    for (Map.Entry<String, String> fact : reading.facts().entrySet()) {
      string(fact.getKey());
      string(fact.getValue());
    }
    out.writeInt(reading.parts().size());
    for (Part part : reading.parts()) {
      string(part.kind());
      out.writeInt(part.number());
      string(part.name());
      string(part.text());
    }
    out.writeInt(reading.embedded().size());
    for (Embedded item : reading.embedded()) {
      embedded(item);
    }
    return bytes.toByteArray();
  }

  private void embedded(Embedded item) throws IOException {
    string(item.name());
    string(item.mediaType());
    out.writeByte(item.picture() ? 1 : 0);
    out.writeInt(item.part());
    out.writeLong(item.size());
    if (item.bytes().isPresent()) {
      out.writeInt(item.bytes().get().length);
      out.write(item.bytes().get());
    } else {
      out.writeInt(-1);
    }
  }

  private void string(String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }
}

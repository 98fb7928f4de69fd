// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked and answered, as {@code dev.lakehouse.documents.Question} and {@code Answer} have
 * it. A child may have been taken over by what it read, so nothing it says is believed unchecked.
 */
final class DocumentWire {
  private final DataInputStream in;

  private DocumentWire(byte[] answer) {
    this.in = new DataInputStream(new ByteArrayInputStream(answer));
  }

  static byte[] question(String file, String mediaType, DocumentLimits limits, Wanted embedded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      string(out, file);
      string(out, mediaType);
      out.writeInt(limits.maxCharacters());
      out.writeLong(limits.maxUnpacked());
      out.writeInt(embedded.items());
      out.writeLong(embedded.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void string(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  static Document document(byte[] answer) throws ItemException {
    DocumentWire wire = new DocumentWire(answer);
    try {
      if (wire.in.readByte() != 0) {
        throw new ItemException(ItemError.valueOf(wire.string()), wire.string());
      }
      return new Document(wire.facts(), wire.parts(), wire.embedded());
    } catch (IOException | IllegalArgumentException e) {
      throw new ItemException(
          ItemError.DECODER_CRASHED, "What read it answered nonsense: " + e.getMessage(), e);
    }
  }

  private Map<String, String> facts() throws IOException {
    Map<String, String> facts = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      facts.put(string(), string());
    }
    return facts;
  }

  private List<DocumentPart> parts() throws IOException {
    List<DocumentPart> parts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      parts.add(new DocumentPart(DocumentPart.Kind.of(string()), in.readInt(), string(), string()));
    }
    return parts;
  }

  private List<EmbeddedItem> embedded() throws IOException {
    List<EmbeddedItem> items = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      items.add(
          new EmbeddedItem(
              string(), string(), in.readByte() == 1, in.readInt(), in.readLong(), optional()));
    }
    return items;
  }

  private Optional<byte[]> optional() throws IOException {
    int length = in.readInt();
    return length < 0 ? Optional.empty() : Optional.of(bytes(length));
  }

  private String string() throws IOException {
    return new String(bytes(in.readInt()), UTF_8);
  }

  private byte[] bytes(int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new EOFException("%d bytes of %d".formatted(length, in.available()));
    }
    return in.readNBytes(length);
  }
}

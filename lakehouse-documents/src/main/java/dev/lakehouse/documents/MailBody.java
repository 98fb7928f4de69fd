// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.james.mime4j.dom.BinaryBody;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.dom.address.MailboxList;
import org.apache.james.mime4j.message.DefaultMessageWriter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** One message: what it says first, then what is attached to it. */
final class MailBody {
  /** Messages in messages, and parts in parts, go no deeper. */
  private static final int MAX_DEPTH = 50;

  private final Reading reading;
  private final String kind;
  private final StringBuilder text = new StringBuilder();

  MailBody(Reading reading, String kind) {
    this.reading = reading;
    this.kind = kind;
  }

  void read(Message message) throws Refusal, IOException {
    String subject = Optional.ofNullable(message.getSubject()).orElse("");
    reading.fact("title", subject);
    MailboxList from = message.getFrom();
    reading.fact(
        "author",
        from == null ? "" : from.stream().map(Object::toString).collect(Collectors.joining(", ")));
    if (message.getDate() != null) {
      reading.fact("date", DateTimeFormatter.ISO_INSTANT.format(message.getDate().toInstant()));
    }
    take(message, 0);
    reading.add(kind, subject, TextRepair.of(text.toString()));
  }

  private void take(Entity entity, int depth) throws Refusal, IOException {
    if (depth > MAX_DEPTH) {
      throw new Refusal(Refusal.Code.EXPANSION_LIMIT, "It is nested too deeply");
    }
    Body body = entity.getBody();
    if (body instanceof Multipart multipart) {
      takeParts(multipart, depth);
    } else if (body instanceof TextBody words && !isAttached(entity)) {
      append(words, entity.getMimeType());
    } else if (body != null) {
      attach(entity, body);
    }
  }

  /** Of alternatives, which all say the same, the plain one is taken where there is one. */
  private void takeParts(Multipart multipart, int depth) throws Refusal, IOException {
    List<Entity> parts = multipart.getBodyParts();
    if (multipart.getSubType().equalsIgnoreCase("alternative") && !parts.isEmpty()) {
      Entity plain =
          parts.stream()
              .filter(part -> "text/plain".equals(part.getMimeType()))
              .findFirst()
              .orElse(parts.get(parts.size() - 1));
      take(plain, depth + 1);
      return;
    }
    for (Entity part : parts) {
      take(part, depth + 1);
    }
  }

  private static boolean isAttached(Entity entity) {
    return "attachment".equalsIgnoreCase(entity.getDispositionType())
        || entity.getFilename() != null
        || !List.of("text/plain", "text/html").contains(entity.getMimeType());
  }

  private void append(TextBody words, String mediaType) throws Refusal, IOException {
    StringWriter read = new StringWriter();
    try (Reader reader = words.getReader()) {
      reader.transferTo(read);
    }
    text.append(mediaType.equals("text/html") ? visible(read.toString()) : read).append("\n\n");
    reading.requireCharacters(text.length());
  }

  private static String visible(String html) {
    Document page = Jsoup.parse(html);
    page.select("script, style, head").remove();
    page.select("br, p, div, tr, li, h1, h2, h3, h4, h5, h6").append("\n");
    return page.wholeText();
  }

  private void attach(Entity entity, Body body) throws IOException {
    String type = Optional.ofNullable(entity.getMimeType()).orElse("");
    String name = Optional.ofNullable(entity.getFilename()).orElse("");
    int part = kind.equals(Part.MESSAGE) ? reading.parts().size() + 1 : 0;
    try (InputStream content = content(body)) {
      reading.embed(EmbeddedItems.fileName(name), type, type.startsWith("image/"), part, content);
    }
  }

  private static InputStream content(Body body) throws IOException {
    if (body instanceof BinaryBody binary) {
      return binary.getInputStream();
    }
    if (body instanceof TextBody words) {
      return words.getInputStream();
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    if (body instanceof Message inner) {
      new DefaultMessageWriter().writeMessage(inner, message);
    }
    return new ByteArrayInputStream(message.toByteArray());
  }
}

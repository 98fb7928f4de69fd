// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Set;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;

/** Reads an e-mail, or a box of them. */
final class MailReader {
  static final String BOX = "application/mbox";
  static final Set<String> MEDIA_TYPES = Set.of("message/rfc822", BOX);

  private MailReader() {}

  static void read(Reading reading) throws Refusal, IOException {
    boolean box = reading.question().mediaType().equals(BOX);
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(reading.question().file()))) {
      if (box) {
        readBox(in, reading);
      } else {
        new MailBody(reading, Part.SECTION).read(message(in));
      }
    }
    reading.fact("format", box ? "mbox" : "eml");
  }

  private static void readBox(InputStream in, Reading reading) throws Refusal, IOException {
    Mailbox messages = new Mailbox(in);
    byte[] message = messages.next();
    while (message.length > 0) {
      new MailBody(reading, Part.MESSAGE).read(message(new ByteArrayInputStream(message)));
      message = messages.next();
    }
    if (reading.parts().isEmpty()) {
      throw new Refusal(Refusal.Code.CORRUPT, "There is no message in it");
    }
  }

  private static Message message(InputStream in) throws IOException {
    DefaultMessageBuilder builder = new DefaultMessageBuilder();
    builder.setMimeEntityConfig(
        MimeConfig.custom()
            .setMaxLineLen(-1)
            .setMaxHeaderLen(1 << 20)
            .setMaxHeaderCount(10_000)
            .setMalformedHeaderStartsBody(false)
            .build());
    return builder.parseMessage(in);
  }
}

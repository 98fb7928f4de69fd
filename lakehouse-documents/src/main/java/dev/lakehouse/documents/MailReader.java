// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.IOException;
import java.util.Set;
import org.apache.tika.exception.TikaException;
import org.xml.sax.SAXException;

/** Reads an e-mail, or a box of them. */
final class MailReader {
  static final Set<String> MEDIA_TYPES = Set.of("message/rfc822", "application/mbox");

  private MailReader() {}

  static void read(Reading reading) throws Refusal, IOException, SAXException, TikaException {
    OfficeReader.read(reading);
  }
}

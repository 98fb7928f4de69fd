// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;
import org.apache.poi.EncryptedDocumentException;
import org.apache.tika.exception.AccessPermissionException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.UnsupportedFormatException;
import org.apache.tika.exception.ZeroByteFileException;
import org.xml.sax.SAXException;

/** Reads what is asked for by the reader of its format. */
final class Reader {
  private Reader() {}

  static void read(Reading reading) throws Refusal {
    try {
      String type = reading.question().mediaType();
      if (type.equals(PdfReader.MEDIA_TYPE)) {
        PdfReader.read(reading);
      } else if (MailReader.MEDIA_TYPES.contains(type)) {
        MailReader.read(reading);
      } else {
        OfficeReader.read(reading);
      }
    } catch (IOException | SAXException | TikaException | RuntimeException | StackOverflowError e) {
      throw refusal(e);
    } catch (LinkageError e) {
      throw new Refusal(Refusal.Code.UNSUPPORTED_FEATURE, "Needs what is not here: " + e, e);
    }
  }

  /** What the innermost of the causes that is known means. */
  private static Refusal refusal(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause() == e ? null : e.getCause()) {
      if (e instanceof LimitReached reached) {
        return reached.refusal();
      }
      if (e instanceof org.apache.tika.exception.EncryptedDocumentException
          || e instanceof EncryptedDocumentException
          || e instanceof AccessPermissionException) {
        return new Refusal(Refusal.Code.ENCRYPTED, "It opens with a password only", thrown);
      }
      if (e instanceof StackOverflowError) {
        return new Refusal(Refusal.Code.EXPANSION_LIMIT, "It is nested too deeply", thrown);
      }
      if (e instanceof UnsupportedFormatException) {
        return new Refusal(Refusal.Code.UNSUPPORTED_FEATURE, said(e), thrown);
      }
      if (e instanceof EOFException || e instanceof ZeroByteFileException) {
        return new Refusal(Refusal.Code.TRUNCATED, said(e), thrown);
      }
      if (e instanceof ZipException) {
        return new Refusal(Refusal.Code.CORRUPT, said(e), thrown);
      }
    }
    return new Refusal(Refusal.Code.CORRUPT, said(thrown), thrown);
  }

  private static String said(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return "%s: %s".formatted(root.getClass().getSimpleName(), root.getMessage());
  }
}

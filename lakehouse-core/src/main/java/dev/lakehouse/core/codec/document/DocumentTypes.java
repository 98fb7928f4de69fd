// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out which document bytes are, from the beginning of them. */
public final class DocumentTypes {
  public static final String PDF = "application/pdf";
  public static final String RTF = "application/rtf";
  public static final String EPUB = "application/epub+zip";
  public static final String EMAIL = "message/rfc822";
  public static final String MAILBOX = "application/mbox";

  /** Readers of PDF look for its mark this far. */
  private static final int JUNK = 1024;

  private static final Pattern PDF_MARK = Pattern.compile("%PDF-[12]\\.\\d");
  private static final Pattern PDF_OBJECT = Pattern.compile("[\r\n]\\d+ \\d+ obj\\b");

  private static final Set<String> TYPES = Collections.unmodifiableSet(types());

  private DocumentTypes() {}

  /** Those that can be read, in a fixed order. */
  public static Set<String> withCodec() {
    return TYPES;
  }

  private static Set<String> types() {
    Set<String> types = new LinkedHashSet<>();
    types.add(PDF);
    types.addAll(OfficeZip.TYPES);
    types.add(EPUB);
    types.addAll(OfficeStorage.TYPES);
    types.add(RTF);
    types.add(EMAIL);
    types.add(MAILBOX);
    return types;
  }

  /** Whether a type is that of e-mail, which is written as text. */
  public static boolean isMail(String mediaType) {
    return mediaType.equals(EMAIL) || mediaType.equals(MAILBOX);
  }

  /** What bytes are that no text consists of. */
  public static Optional<String> ofBinary(byte[] head) {
    return OfficeZip.of(head).or(() -> OfficeStorage.of(head)).or(() -> laterPdf(head));
  }

  /** The mark may stand behind junk, which e-mail programs and web servers put there. */
  private static Optional<String> laterPdf(byte[] head) {
    String start = new String(head, ISO_8859_1);
    Matcher mark = PDF_MARK.matcher(start).region(0, Math.min(start.length(), JUNK));
    return mark.find() && PDF_OBJECT.matcher(start).find(mark.end())
        ? Optional.of(PDF)
        : Optional.empty();
  }

  /**
   * What a text is that has the form of an e-mail or of a box of them.
   *
   * @param nameType what its name claims, heard where the text is no proof
   */
  public static Optional<String> ofText(byte[] head, Optional<String> nameType) {
    return MailHeaders.of(new String(head, ISO_8859_1), nameType);
  }
}

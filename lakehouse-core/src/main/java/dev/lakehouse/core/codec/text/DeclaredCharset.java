// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.TextSniffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The charset that an HTML or XML document says it is in: its XML declaration and its {@code meta}
 * elements, if they agree and stand in nothing that is no markup.
 */
final class DeclaredCharset {
  private static final int LOOKED_AT = 8192;

  private static final Pattern NO_MARKUP =
      Pattern.compile(
          "<!--.*?(?:-->|$)|<(script|style|title|noscript)\\b.*?(?:</\\1|$)|<body\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern XML =
      Pattern.compile("^\\s*<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]+)[\"']");
  private static final Pattern META =
      Pattern.compile(
          "<meta\\s[^>]*?\\bcharset\\s*=\\s*[\"']?\\s*([A-Za-z0-9._:-]+)",
          Pattern.CASE_INSENSITIVE);

  /** What writes these names mostly means, and browsers read; they hold the named one and more. */
  private static final Map<String, String> MEANT =
      Map.of(
          "US-ASCII", "windows-1252",
          "ISO-8859-1", "windows-1252",
          "ISO-8859-9", "windows-1254",
          "ISO-8859-11", "x-windows-874",
          "TIS-620", "x-windows-874",
          "GB2312", "GB18030",
          "GBK", "GB18030",
          "Shift_JIS", "windows-31j",
          "EUC-KR", "x-windows-949",
          "Big5", "Big5-HKSCS");

  private DeclaredCharset() {}

  /**
   * The charset that a document declares.
   *
   * @throws ItemException INVALID_ENCODING if it declares two, or one that is not known
   */
  static Optional<Charset> of(byte[] bytes) throws ItemException {
    String start = new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), ISO_8859_1);
    if (!start.stripLeading().startsWith("<")) {
      return Optional.empty();
    }
    Map<Charset, String> declared = new LinkedHashMap<>();
    String markup = NO_MARKUP.matcher(start).replaceAll(" ");
    add(XML.matcher(start), declared);
    if (TextSniffer.isHtmlDocument(start)) {
      add(META.matcher(markup), declared);
    }
    if (declared.size() > 1) {
      throw new ItemException(
          ItemError.INVALID_ENCODING, "The document declares two charsets: " + declared.values());
    }
    return declared.keySet().stream().findFirst();
  }

  private static void add(Matcher matcher, Map<Charset, String> declared) throws ItemException {
    while (matcher.find()) {
      declared.put(charset(matcher.group(1)), matcher.group(1));
    }
  }

  private static Charset charset(String name) throws ItemException {
    try {
      return Charset.forName(name.toLowerCase(Locale.ROOT).replaceFirst("^x-sjis$", "shift_jis"));
    } catch (IllegalArgumentException e) {
      throw new ItemException(
          ItemError.INVALID_ENCODING,
          "The document declares charset '%s', which is not known here; convert it to UTF-8"
              .formatted(name),
          e);
    }
  }

  /** Whether words of this charset may look like ASCII without being so. */
  static boolean isShifted(Charset charset) {
    return charset.name().startsWith("ISO-2022");
  }

  /** Whether a declaration in ASCII can be true of this charset. */
  static boolean isReadAsAscii(Charset charset) {
    return charset.canEncode()
        && Arrays.equals("<meta".getBytes(charset), "<meta".getBytes(US_ASCII));
  }

  /** The larger charset that is meant where the declared one has no such characters. */
  static Optional<Charset> meantBy(Charset declared) {
    return Optional.ofNullable(MEANT.get(declared.name()))
        .filter(Charset::isSupported)
        .map(Charset::forName);
  }
}

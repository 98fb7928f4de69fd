// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import dev.lakehouse.core.ItemException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells text from other bytes, and one kind of text from another. */
public final class TextSniffer {
  static final String PLAIN = "text/plain";
  static final String MARKDOWN = "text/markdown";
  static final String RST = "text/x-rst";
  static final String HTML = "text/html";
  static final String JSON = "application/json";
  static final String JSON_LINES = "application/jsonl";
  static final String CSV = "text/csv";
  static final String TSV = "text/tab-separated-values";
  static final String XML = "application/xml";
  static final String SVG = "image/svg+xml";
  static final String GIMP_PALETTE = "application/x-gimp-palette";

  /** Kinds that look like plain text to anybody who does not know their name. */
  private static final Set<String> BY_NAME = Set.of(MARKDOWN, RST, CSV, TSV);

  private static final Pattern HTML_START =
      Pattern.compile(
          "^(?:<!--.{0,2000}?-->\\s*)?<(?:!doctype\\s+html|html|head|body|title|meta)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern XML_START = Pattern.compile("^<\\?xml\\s+version\\s*=");

  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][a-zA-Z0-9]*[\\s/>]");
  private static final Pattern JSON_START =
      Pattern.compile("^(?:\\{\\s*(?:\"|\\}|$)|\\[\\s*(?:[\\[{\"\\]0-9tfn-]|$))");

  private TextSniffer() {}

  /**
   * Whether the bytes are meant to be read by people or as lines, in whatever charset.
   *
   * <p>In UTF-8 that is at most one control character in a hundred, or NULs between printable
   * characters, which the text probe counts. In an unknown charset it is none at all.
   */
  static boolean isText(byte[] head) {
    return isPrintable(head) || EncodedText.looksLikeUtf16(head);
  }

  /** The same without what might be other numbers in two bytes each: no binary format does that. */
  static boolean isPrintable(byte[] head) {
    Optional<ByteOrderMark> mark = ByteOrderMark.of(head);
    if (mark.isPresent() && mark.get() != ByteOrderMark.UTF_8) {
      return hasFewControls(EncodedText.beginning(head));
    }
    int controls = 0;
    int nuls = 0;
    for (byte b : head) {
      nuls += b == 0 ? 1 : 0;
      controls += isControl(b) ? 1 : 0;
    }
    if (controls + nuls == 0) {
      return true;
    }
    return isUtf8(head) && controls * 100L <= head.length && nuls * 4L <= head.length;
  }

  private static boolean hasFewControls(String text) {
    long odd = text.chars().filter(c -> c < ' ' && "\t\n\r\f\u001B".indexOf(c) < 0).count();
    long broken = text.chars().filter(c -> c == '\uFFFD').count();
    return (odd + broken) * 20 <= text.length();
  }

  private static boolean isControl(byte b) {
    return (b > 0 && b < ' ' && "\t\n\r\f\u001B".indexOf(b) < 0) || b == 0x7F;
  }

  /** The head may end inside a character, so the last three bytes may be one that is not whole. */
  private static boolean isUtf8(byte[] head) {
    for (int cut = 0; cut <= 3 && cut <= head.length; cut++) {
      try {
        EncodedText.decodeUtf8(head, 0, head.length - cut);
        return true;
      } catch (ItemException e) {
        continue;
      }
    }
    return false;
  }

  /** The media type of bytes that are text, with the name as a hint where the text is no proof. */
  static String kind(byte[] head, Optional<String> nameType) {
    String text = EncodedText.beginning(head).strip();
    String start = text.substring(0, Math.min(text.length(), 4096));
    String named = nameType.orElse("");
    if (start.startsWith("<") && !named.equals(MARKDOWN)) {
      return markup(start, named);
    }
    Optional<String> textual = TextualFormat.of(start);
    if (textual.isPresent()) {
      return textual.get();
    }
    if (start.startsWith("GIMP Palette\n") || start.startsWith("GIMP Palette\r")) {
      return GIMP_PALETTE;
    }
    if (JSON_START.matcher(start).find() && !named.startsWith("text/")) {
      return json(start, named);
    }
    return BY_NAME.contains(named) ? named : PLAIN;
  }

  /** Whether a text begins as an HTML document does. */
  public static boolean isHtmlDocument(String text) {
    String start = text.substring(0, Math.min(text.length(), 4096)).strip();
    return start.startsWith("<")
        && (HTML_START.matcher(start).find() || start.toLowerCase(Locale.ROOT).contains("<html"));
  }

  private static String markup(String start, String named) {
    String lower = start.toLowerCase(Locale.ROOT);
    if (isHtmlDocument(start) || (named.equals(HTML) && TAG.matcher(start).find())) {
      return HTML;
    }
    if (lower.contains("<svg")) {
      return SVG;
    }
    return XML_START.matcher(start).find() ? XML : PLAIN;
  }

  private static String json(String start, String named) {
    if (named.equals(JSON) || named.equals(JSON_LINES)) {
      return named;
    }
    return start.startsWith("{\"") ? JSON : PLAIN;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

/**
 * Finds text that was UTF-8 and was decoded as Latin-1 or Windows-1252: {@code Ã©} for {@code é}.
 *
 * <p>Such text holds sequences whose characters, taken back to bytes, are UTF-8 again. Two of them
 * in a row are rare in honest text of any language, so the share decides and not the presence.
 */
final class Mojibake {
  /** Where Windows-1252 differs from Latin-1: the characters of bytes 80 to 9F. */
  private static final String WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

  private static final char REPLACEMENT = '\uFFFD';

  private Mojibake() {}

  /** Share of code points in such sequences, replacement characters included. */
  static double share(String text) {
    long bad = 0;
    int at = 0;
    while (at < text.length()) {
      int length = sequence(text, at);
      bad += length > 0 ? length : text.charAt(at) == REPLACEMENT ? 1 : 0;
      at += Math.max(1, length);
    }
    return text.isEmpty() ? 0 : (double) bad / text.codePointCount(0, text.length());
  }

  /** Characters of the sequence that begins here; 0 where none does. */
  private static int sequence(String text, int at) {
    int lead = toByte(text.charAt(at));
    int length = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || lead > 0xF4 || at + length > text.length()) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      int tail = toByte(text.charAt(at + i));
      if (tail < 0x80 || tail > 0xBF) {
        return 0;
      }
    }
    return length;
  }

  private static int toByte(char c) {
    if (c <= 0xFF) {
      return c;
    }
    int found = WINDOWS.indexOf(c);
    return found < 0 ? -1 : 0x80 + found;
  }
}

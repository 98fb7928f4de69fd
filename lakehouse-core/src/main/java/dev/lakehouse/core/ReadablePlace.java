// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI as people read it: a local file is its path, and nothing is percent-encoded that can be
 * shown. For words alone; programs get the URI.
 */
public final class ReadablePlace {
  private static final Pattern LOCAL = Pattern.compile("file:(?://)?(?=/)");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final Pattern ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

  private ReadablePlace() {}

  /** A URI, or the text itself where it is none. */
  public static String of(String uri) {
    return SCHEME.matcher(uri).matches() ? decoded(LOCAL.matcher(uri).replaceFirst("")) : uri;
  }

  private static String decoded(String text) {
    Matcher runs = ENCODED.matcher(text);
    return runs.replaceAll(run -> Matcher.quoteReplacement(decodedRun(run.group())));
  }

  private static String decodedRun(String encoded) {
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length() / 3);
    for (int i = 0; i < encoded.length(); i += 3) {
      bytes.put((byte) Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
      return text.chars().anyMatch(Character::isISOControl) ? encoded : text;
    } catch (CharacterCodingException e) {
      return encoded; // a name that is no text
    }
  }
}

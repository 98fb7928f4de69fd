// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.ReadablePlace;
import java.util.regex.Pattern;

/**
 * Places as a page may show them that is handed on: a signed URL opens what it names to whoever has
 * its query, and some hold a password.
 */
final class Shareable {
  /** Up to a fragment, or to what is named inside of a document. */
  private static final Pattern QUERY =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://[^\\s?#'\"<>]*)\\?(?:(?!!/)[^\\s#'\"<>])+");

  private static final Pattern USER =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)[^\\s/@?#'\"<>]*:[^\\s/@?#'\"<>]*@");

  private Shareable() {}

  /** A text without the queries and passwords of the URIs in it. */
  static String text(String text) {
    return USER.matcher(QUERY.matcher(text).replaceAll("$1?…")).replaceAll("$1…@");
  }

  /** A URI as people read it, likewise. */
  static String place(String uri) {
    return ReadablePlace.of(text(uri));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * HTML that is well-formed XML too: every element is closed, every value quoted, and whatever is
 * not markup of ours is escaped.
 */
public final class Markup {
  private static final char UNKNOWN = '\uFFFD';

  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  Markup() {}

  /** A text as it may stand in markup: between tags, or in the quotes of an attribute. */
  public static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    escape(text, escaped);
    return escaped.toString();
  }

  /** Opens an element; attributes are names and values in turn. */
  Markup open(String tag, String... attributes) {
    start(tag, attributes).append('>');
    open.push(tag);
    return this;
  }

  /** Closes the element that was opened last. */
  Markup close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** An element that has no content. */
  Markup empty(String tag, String... attributes) {
    start(tag, attributes).append("/>");
    return this;
  }

  /** An element with a text. */
  Markup element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** Text. */
  Markup text(String text) {
    escape(text, out);
    return this;
  }

  /** Text of somebody else, whose direction of writing stays its own. */
  Markup theirs(String text) {
    out.append("<bdi>");
    escape(text, out);
    out.append("</bdi>");
    return this;
  }

  /** Text of codes and figures, which may be broken after each underscore. */
  Markup breakable(String text) {
    for (String part : text.split("(?<=_)", -1)) {
      escape(part, out);
      out.append(part.endsWith("_") ? "<wbr/>" : "");
    }
    return this;
  }

  /** Markup, styles or scripts of ours, as they are. */
  Markup ours(String markup) {
    out.append(markup);
    return this;
  }

  private StringBuilder start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1], out);
      out.append('"');
    }
    return out;
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> {
          if (Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            out.append(c).append(text.charAt(++i));
          } else {
            out.append(isText(c) ? c : UNKNOWN);
          }
        }
      }
    }
  }

  /** What may stand in a document; controls and halves of pairs may not. */
  private static boolean isText(char c) {
    return c == '\n'
        || c == '\t'
        || (c >= ' '
            && (c < '\u007f' || c > '\u009f')
            && !Character.isSurrogate(c)
            && c < '\uFFFE');
  }

  /**
   * All of it.
   *
   * @throws IllegalStateException if an element is still open
   */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("Still open: " + open);
    }
    return out.toString();
  }
}

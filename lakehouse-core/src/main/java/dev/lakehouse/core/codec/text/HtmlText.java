// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.text;

import dev.lakehouse.core.codec.TextSniffer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a reader of an HTML document sees, near enough for measuring and for models: no tags,
 * comments, scripts or styles; blocks on lines of their own; the common entities resolved.
 *
 * <p>One pass, whatever the tags look like.
 */
public final class HtmlText {
  private static final Set<String> HIDDEN = Set.of("script", "style", "template", "noscript");
  private static final Set<String> INLINE =
      Set.of(
          "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "img", "mark", "q",
          "s", "small", "span", "strong", "sub", "sup", "u", "wbr");
  private static final Set<String> BLOCKS =
      Set.of(
          "article",
          "aside",
          "blockquote",
          "body",
          "br",
          "button",
          "center",
          "dd",
          "div",
          "dl",
          "dt",
          "footer",
          "form",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "head",
          "header",
          "hr",
          "html",
          "iframe",
          "input",
          "label",
          "li",
          "link",
          "main",
          "meta",
          "nav",
          "ol",
          "p",
          "pre",
          "section",
          "select",
          "table",
          "tbody",
          "td",
          "th",
          "thead",
          "title",
          "tr",
          "ul",
          "video");
  private static final Map<String, String> ENTITIES =
      Map.of(
          "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "ndash", "–",
          "mdash", "—", "hellip", "…", "copy", "©");
  private static final Pattern SCRIPTS =
      Pattern.compile("(?is)<(script|style)\\b[^>]*>.*?</\\1\\s*>");
  private static final int LONGEST_ENTITY = 10;

  private final String html;
  private final StringBuilder text;
  private int at;

  private HtmlText(String html) {
    this.html = html;
    this.text = new StringBuilder(html.length());
  }

  /** Whether a text is an HTML document by what it begins with. */
  public static boolean isDocument(String text) {
    return TextSniffer.isHtmlDocument(text);
  }

  /**
   * Whether a text from a {@code <} on, without its {@code >}, is a tag of HTML and not a
   * placeholder, an address or a comparison.
   */
  public static boolean isTag(String tag) {
    HtmlText walk = new HtmlText(tag);
    String name = walk.name();
    int behind = name.length() + (tag.startsWith("</") ? 2 : 1);
    boolean known = HIDDEN.contains(name) || INLINE.contains(name) || BLOCKS.contains(name);
    return known && (behind >= tag.length() || " \t\r\n/".indexOf(tag.charAt(behind)) >= 0);
  }

  /** A text that is a piece of a page, without its scripts and styles; any other as it is. */
  public static String withoutScripts(String text) {
    String start = text.substring(0, Math.min(text.length(), 4096)).strip();
    int end = start.indexOf('>');
    boolean markup = start.startsWith("<") && end > 0 && isTag(start.substring(0, end));
    return markup ? SCRIPTS.matcher(text).replaceAll("\n") : text;
  }

  /** What a reader sees of a text: of an HTML document what is visible, of any other all. */
  public static String readable(String text) {
    return isDocument(text) ? visible(text) : text;
  }

  /** The visible text of an HTML document. */
  public static String visible(String html) {
    HtmlText walk = new HtmlText(html);
    while (walk.at < html.length()) {
      walk.step();
    }
    return walk.text.toString();
  }

  private void step() {
    char c = html.charAt(at);
    if (html.startsWith("<!--", at)) {
      at = behind("-->", at + 4);
    } else if (c == '<' && opensTag(at + 1)) {
      tag();
    } else if (c == '&') {
      entity();
    } else {
      text.append(c);
      at++;
    }
  }

  private boolean opensTag(int next) {
    return next < html.length()
        && (Character.isLetter(html.charAt(next)) || "/!?".indexOf(html.charAt(next)) >= 0);
  }

  private void tag() {
    String name = name();
    boolean closes = html.startsWith("</", at);
    at = behind(">", at);
    if (HIDDEN.contains(name) && !closes) {
      at = behindClosing(name);
    }
    if (!INLINE.contains(name)) {
      text.append('\n');
    }
  }

  private String name() {
    int from = at + (html.startsWith("</", at) ? 2 : 1);
    int end = from;
    while (end < html.length() && Character.isLetterOrDigit(html.charAt(end)) && end - from < 16) {
      end++;
    }
    return html.substring(from, end).toLowerCase(Locale.ROOT);
  }

  private int behind(String mark, int from) {
    int found = html.indexOf(mark, from);
    return found < 0 ? html.length() : found + mark.length();
  }

  private int behindClosing(String name) {
    int from = at;
    while (from < html.length()) {
      int found = html.indexOf("</", from);
      if (found < 0) {
        return html.length();
      }
      if (html.regionMatches(true, found + 2, name, 0, name.length())) {
        return behind(">", found);
      }
      from = found + 2;
    }
    return from;
  }

  private void entity() {
    int last = Math.min(html.length() - 1, at + LONGEST_ENTITY);
    int end = at;
    while (end < last && html.charAt(end) != ';') {
      end++;
    }
    if (html.charAt(end) != ';') {
      text.append('&');
      at++;
      return;
    }
    String name = html.substring(at + 1, end);
    String resolved = name.startsWith("#") ? numbered(name.substring(1)) : ENTITIES.get(name);
    text.append(resolved == null ? html.substring(at, end + 1) : resolved);
    at = end + 1;
  }

  private static String numbered(String digits) {
    boolean hex = digits.startsWith("x") || digits.startsWith("X");
    try {
      int codePoint = hex ? Integer.parseInt(digits.substring(1), 16) : Integer.parseInt(digits);
      boolean legal = Character.isDefined(codePoint) && codePoint >= ' ';
      return legal ? Character.toString(codePoint) : " ";
    } catch (NumberFormatException e) {
      return "&#" + digits + ";";
    }
  }
}

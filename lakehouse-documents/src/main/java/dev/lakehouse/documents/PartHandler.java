// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Makes parts of the XHTML that parsers tell: one of each slide and sheet, one of all that stands
 * in none.
 */
final class PartHandler extends DefaultHandler {
  private static final Set<String> LINES =
      Set.of("br", "dd", "div", "dt", "header", "footer", "hr", "li", "section", "tr");
  private static final Set<String> PARAGRAPHS =
      Set.of(
          "p",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "ul",
          "ol",
          "table",
          "pre",
          "blockquote",
          "article");
  private static final Set<String> CELLS = Set.of("td", "th");
  private static final Set<String> HIDDEN = Set.of("head", "script", "style");

  /** Names of what stands in the document, and texts to insert that nobody inserted. */
  private static final Set<String> HIDDEN_CLASSES = Set.of("package-entry", "glossary");

  /** What an element that is open is for us. */
  private enum Opened {
    PLAIN,
    HIDDEN,
    PART
  }

  private final Reading reading;
  private final Map<String, String> kinds;
  private final Deque<Opened> opened = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();
  private Optional<String> kind = Optional.empty();
  private int hidden;
  private long characters;

  /**
   * @param kinds which class of a {@code div} begins which kind of part
   */
  PartHandler(Reading reading, Map<String, String> kinds) {
    this.reading = reading;
    this.kinds = kinds;
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes)
      throws SAXException {
    String style = Optional.ofNullable(attributes.getValue("class")).orElse("");
    Opened element =
        HIDDEN.contains(name) || HIDDEN_CLASSES.contains(style)
            ? Opened.HIDDEN
            : kinds.containsKey(style) && kind.isEmpty() ? Opened.PART : Opened.PLAIN;
    opened.push(element);
    if (element == Opened.PART) {
      end();
      kind = Optional.ofNullable(kinds.get(style));
    }
    hidden += element == Opened.HIDDEN ? 1 : 0;
    separate(name);
  }

  @Override
  public void endElement(String uri, String name, String qualified) throws SAXException {
    separate(name);
    Opened element = opened.pop();
    hidden -= element == Opened.HIDDEN ? 1 : 0;
    if (element == Opened.PART) {
      end();
    }
  }

  private void separate(String name) {
    if (PARAGRAPHS.contains(name)) {
      text.append("\n\n");
    } else if (LINES.contains(name)) {
      text.append(text.isEmpty() || text.charAt(text.length() - 1) == '\n' ? "" : "\n");
    } else if (CELLS.contains(name)) {
      text.append('\t');
    }
  }

  @Override
  public void characters(char[] characters, int start, int length) throws SAXException {
    if (hidden == 0) {
      text.append(characters, start, length);
      this.characters += length;
      try {
        reading.requireCharacters(this.characters);
      } catch (Refusal e) {
        throw new SAXException(new LimitReached(e));
      }
    }
  }

  /** Ends the part that is open. */
  void end() throws SAXException {
    String read = TextRepair.of(text.toString());
    text.setLength(0);
    try {
      if (kind.isPresent()) {
        reading.add(kind.get(), "", read);
      } else if (!read.isEmpty()) {
        reading.addOrExtend(read);
      }
    } catch (Refusal e) {
      throw new SAXException(new LimitReached(e));
    }
    kind = Optional.empty();
  }
}

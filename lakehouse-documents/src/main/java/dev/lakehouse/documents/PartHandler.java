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
  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "li",
          "ul",
          "ol",
          "tr",
          "table",
          "br",
          "pre",
          "blockquote",
          "dt",
          "dd",
          "hr",
          "section",
          "article",
          "header",
          "footer");
  private static final Set<String> CELLS = Set.of("td", "th");

  private final Reading reading;
  private final Map<String, String> kinds;
  private final Deque<Boolean> opened = new ArrayDeque<>();
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
    Optional<String> begins = Optional.ofNullable(attributes.getValue("class")).map(kinds::get);
    opened.push(begins.isPresent());
    if (begins.isPresent()) {
      end();
      kind = begins;
    }
    if (isHidden(name)) {
      hidden++;
    } else {
      separate(name);
    }
  }

  @Override
  public void endElement(String uri, String name, String qualified) throws SAXException {
    if (isHidden(name)) {
      hidden--;
    } else {
      separate(name);
    }
    if (opened.pop()) {
      end();
    }
  }

  private static boolean isHidden(String name) {
    return name.equals("head") || name.equals("script") || name.equals("style");
  }

  private void separate(String name) {
    if (BLOCKS.contains(name)) {
      text.append('\n');
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

  @Override
  public void ignorableWhitespace(char[] characters, int start, int length) throws SAXException {
    characters(characters, start, length);
  }

  /** Ends the part that is open; what stands in no part of a kind is a section. */
  void end() throws SAXException {
    String read = TextRepair.of(text.toString());
    text.setLength(0);
    try {
      if (kind.isPresent()) {
        reading.add(kind.get(), "", read);
      } else if (!read.isEmpty()) {
        reading.add(Part.SECTION, "", read);
      }
    } catch (Refusal e) {
      throw new SAXException(new LimitReached(e));
    }
    kind = Optional.empty();
  }
}

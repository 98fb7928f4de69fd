// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.codec.text.Excerpt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Items as small cards. A picture that is shown more than once is in the page once. */
final class Gallery {
  private static final int TITLE = 80;
  private static final int CAPTION = 120;
  private static final int CAPTIONS = 2;

  private final Markup page;
  private final Map<String, String> pictures = new LinkedHashMap<>(); // class by data URI

  Gallery(Markup page) {
    this.page = page;
  }

  /** A row of cards under a heading; nothing where there are none. */
  void row(String heading, List<Shown> items) {
    if (items.isEmpty()) {
      return;
    }
    page.open("div", "class", "row").element("h4", heading).open("ul", "class", "cards");
    items.forEach(item -> card(item, "", ""));
    page.close().close();
  }

  /** One card, in a list. */
  void card(Shown item, String kind, String badge) {
    page.open("li", "class", ("card " + kind).strip());
    if (!badge.isEmpty()) {
      page.element("span", badge, "class", "badge");
    }
    look(item);
    page.open("p", "class", "title", "title", item.place());
    page.theirs(Excerpt.of(item.title(), TITLE)).close();
    item.notes().forEach(note -> page.open("p", "class", "note").breakable(note).close());
    item.captions().stream().limit(CAPTIONS).forEach(this::caption);
    if (item.captions().size() > CAPTIONS) {
      page.element(
          "p",
          Words.count(item.captions().size() - CAPTIONS, "caption") + " more",
          "class",
          "small");
    }
    page.close();
  }

  private void caption(String caption) {
    page.open("p", "class", "caption").theirs(Excerpt.of(caption, CAPTION)).close();
  }

  private void look(Shown item) {
    Shown.Look look = item.look();
    if (look.picture().isPresent()) {
      String name = pictures.computeIfAbsent(look.picture().get(), data -> "p" + pictures.size());
      page.element(
          "div",
          "",
          "class",
          "look " + name,
          "role",
          "img",
          "aria-label",
          "Preview of " + item.title());
    } else if (look.excerpt().isPresent()) {
      page.open("div", "class", "look excerpt").theirs(look.excerpt().get()).close();
    } else {
      page.element("div", look.nothing(), "class", "look none");
    }
  }

  /** The rules that put the pictures into their places. */
  String styles() {
    StringBuilder styles = new StringBuilder();
    pictures.forEach(
        (data, name) ->
            styles
                .append('.')
                .append(name)
                .append("{background-image:url(")
                .append(data)
                .append(")}\n"));
    return styles.toString();
  }
}

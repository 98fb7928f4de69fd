// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.List;

/** A table of a page; on narrow screens it is moved sideways within its own frame. */
final class Grid {
  private final Markup page;
  private final int columns;

  /**
   * Begins a table.
   *
   * @param name what it is, for those who hear the page
   * @param headings of its columns; one that ends with {@code #} is of numbers
   */
  Grid(Markup page, String name, List<String> headings) {
    this.page = page;
    this.columns = headings.size();
    page.open("div", "class", "table", "role", "region", "aria-label", name, "tabindex", "0");
    page.open("table").open("thead").open("tr");
    for (String heading : headings) {
      boolean number = heading.endsWith("#");
      String text = number ? heading.substring(0, heading.length() - 1) : heading;
      page.element("th", text, "scope", "col", "class", number ? "n" : "t");
    }
    page.close().close().open("tbody");
  }

  /** A row; the first cell is its heading. */
  Grid row(String first, String... others) {
    page.open("tr").open("th", "scope", "row").open("bdi").breakable(first).close().close();
    for (String cell : others) {
      page.open("td", "class", isNumber(cell) ? "n" : "t").theirs(cell).close();
    }
    for (int i = others.length + 1; i < columns; i++) {
      page.element("td", "");
    }
    page.close();
    return this;
  }

  private static boolean isNumber(String cell) {
    return cell.matches("[-+<>]? ?[0-9][0-9,.]*( %| s)?");
  }

  void end() {
    page.close().close().close();
  }
}

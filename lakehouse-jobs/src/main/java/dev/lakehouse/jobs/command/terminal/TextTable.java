// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows under a header for a terminal, in columns as wide as what stands in them; numbers to the
 * right. Control characters never reach the terminal.
 */
public final class TextTable {
  private static final String COLUMNS = "lakehouse.columns";
  private static final String GAP = "  ";
  private static final int NARROWEST = 8;

  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(List<String> header) {
    this.header = List.copyOf(header);
  }

  /** Columns of the terminal that standard output is, as the launcher says; empty for a pipe. */
  public static Optional<Integer> terminal() {
    String columns = System.getProperty(COLUMNS, "");
    return columns.matches("[1-9]\\d{0,4}")
        ? Optional.of(Integer.parseInt(columns))
        : Optional.empty();
  }

  public TextTable add(List<String> row) {
    rows.add(row.stream().map(TextTable::printable).toList());
    return this;
  }

  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
  }

  /** The lines, none of them wider than the terminal; empty where that cannot be. */
  public Optional<List<String>> lines(int columns) {
    int[] widths = widths();
    int room = columns - GAP.length() * (widths.length - 1);
    if (room < narrowest(widths)) {
      return Optional.empty();
    }
    boolean[] right = new boolean[widths.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = isOfNumbers(i);
    }
    shrink(widths, room);
    List<String> lines = new ArrayList<>();
    lines.add(line(header, widths, right));
    rows.forEach(row -> lines.add(line(row, widths, right)));
    return Optional.of(lines);
  }

  private int[] widths() {
    int[] widths = new int[header.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(header.get(i));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return widths;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static int narrowest(int[] widths) {
    return Arrays.stream(widths).map(width -> Math.min(width, NARROWEST)).sum();
  }

  /** Takes from the widest until all fit. */
  private static void shrink(int[] widths, int room) {
    while (Arrays.stream(widths).sum() > room) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      widths[widest]--;
    }
  }

  private boolean isOfNumbers(int column) {
    return !rows.isEmpty()
        && rows.stream().allMatch(row -> row.get(column).matches("|-?[0-9][0-9,]*(\\.[0-9]+)?"));
  }

  private static String line(List<String> cells, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cut(cells.get(i), widths[i]);
      String space = " ".repeat(widths[i] - width(cell));
      line.append(i == 0 ? "" : GAP).append(right[i] ? space + cell : cell + space);
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String text, int width) {
    return width(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }
}

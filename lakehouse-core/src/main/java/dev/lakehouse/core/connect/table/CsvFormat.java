// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.table;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.manifest.CsvOptions;
import dev.lakehouse.core.connect.manifest.LineReader;
import dev.lakehouse.core.connect.manifest.Manifest;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.manifest.TextLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a CSV manifest is to be read, found out from its beginning.
 *
 * @param dialects that of the file, and one more for records that are no good in it
 * @param separatorLine whether a line {@code sep=;} stands before the header
 * @param returns whether lines end with CR alone
 * @param header the columns as they are written, without blanks around them
 * @param agreement share of the records looked at that have as many fields as the header
 */
record CsvFormat(
    List<CsvDialect> dialects,
    boolean separatorLine,
    boolean returns,
    List<String> header,
    double agreement) {
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
  private static final Pattern SEPARATOR_LINE = Pattern.compile("(?i)^\"?sep=(.)\"?\\s*$");
  private static final int SAMPLE_BYTES = 4 << 20;
  private static final int SAMPLE_RECORDS = 2_000;
  private static final int BAD_ENOUGH = 100; // an open quote may cost the whole sample each time

  CsvDialect dialect() {
    return dialects.get(0);
  }

  /**
   * Looks at the beginning of a manifest. The delimiter is the one whose header has every mapped
   * column and as many fields as most records have; quotes are doubled or escaped with a backslash,
   * whatever makes more sense of the records.
   */
  static CsvFormat of(Manifest manifest, CsvOptions asked) throws IOException {
    byte[] sample;
    try (InputStream in = manifest.open()) {
      sample = in.readNBytes(SAMPLE_BYTES);
    }
    Optional<Character> separator = separatorLine(sample);
    List<Character> delimiters =
        asked.delimiter().or(() -> separator).map(List::of).orElse(DELIMITERS);
    List<CsvFormat> formats = new ArrayList<>();
    for (char delimiter : delimiters) {
      for (char escape : asked.escape().map(List::of).orElse(List.of(CsvOptions.NONE, '\\'))) {
        CsvDialect dialect =
            new CsvDialect(delimiter, asked.quote().orElse('"'), escape(escape, asked), false);
        formats.add(look(sample, separator.isPresent(), dialect));
      }
    }
    CsvFormat best =
        formats.stream()
            .max(Comparator.comparingDouble(format -> format.sense(manifest.mapping())))
            .orElseThrow();
    return asked.escape().isPresent() ? best : best.withOtherEscape();
  }

  /** An escape that is the quote itself means doubled quotes. */
  private static char escape(char escape, CsvOptions asked) {
    return escape == asked.quote().orElse('"') ? CsvOptions.NONE : escape;
  }

  private static Optional<Character> separatorLine(byte[] sample) throws IOException {
    try (LineReader lines = new LineReader(new ByteArrayInputStream(sample))) {
      Optional<TextLine> first = lines.next();
      Matcher matcher = SEPARATOR_LINE.matcher(first.isPresent() ? first.get().text() : "");
      return matcher.matches() ? Optional.of(matcher.group(1).charAt(0)) : Optional.empty();
    } catch (ItemException e) {
      return Optional.empty();
    }
  }

  private static CsvFormat look(byte[] sample, boolean separatorLine, CsvDialect dialect)
      throws IOException {
    LineReader lines = new LineReader(new ByteArrayInputStream(sample));
    List<CsvDialect> dialects = List.of(dialect);
    try (CsvReader records = new CsvReader(lines, dialects, CsvReader.ANY)) {
      if (separatorLine) {
        records.skipLine();
      }
      List<String> written = records.next().map(CsvReader.Found::fields).orElse(List.of());
      if (isSpaced(written) && !dialect.spaced()) {
        return look(sample, separatorLine, dialect.withSpaces());
      }
      List<String> header = written.stream().map(String::strip).toList();
      return new CsvFormat(
          dialects,
          separatorLine,
          lines.endsWithReturn(),
          header,
          agreement(records, header.size()));
    }
  }

  /** Whether every column but the first is written with a blank before its name. */
  private static boolean isSpaced(List<String> header) {
    return header.size() > 1 && header.stream().skip(1).allMatch(name -> name.startsWith(" "));
  }

  private static double agreement(CsvReader records, int columns) throws IOException {
    int good = 0;
    int bad = 0;
    while (good + bad < SAMPLE_RECORDS && bad < BAD_ENOUGH) {
      Optional<CsvReader.Found> record = records.next();
      if (record.isEmpty()) {
        break;
      }
      good += record.get().has(columns) ? 1 : 0;
      bad += record.get().has(columns) ? 0 : 1;
    }
    return good + bad == 0 ? 1 : (double) good / (good + bad);
  }

  /** How much sense the manifest makes in this format; the first of equals is taken. */
  private double sense(RowMapping mapping) {
    boolean mapped = header.containsAll(mapping.fields().values());
    return (mapped ? 1000 : 0)
        + agreement * (header.size() > 1 ? 100 : 1 / 10_000.0)
        + Math.min(header.size(), 100) / 1000.0;
  }

  private CsvFormat withOtherEscape() {
    char other = dialect().escape() == '\\' ? CsvOptions.NONE : '\\';
    return new CsvFormat(
        List.of(dialect(), dialect().escapedBy(other)), separatorLine, returns, header, agreement);
  }

  /** The records after the header. */
  CsvReader records(Manifest manifest) throws IOException {
    CsvReader records = new CsvReader(new LineReader(manifest.open()), dialects, header.size());
    if (separatorLine) {
      records.skipLine();
    }
    records.next(); // the header
    return records;
  }

  /** A name of its own for each column: the second {@code tag} is {@code tag_2}. */
  List<String> columns() {
    Set<String> taken = new HashSet<>(header);
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).isEmpty() ? "column_" + (i + 1) : header.get(i);
      columns.add(
          columns.contains(name)
              ? Stream.iterate(2, n -> n + 1)
                  .map(n -> name + "_" + n)
                  .filter(taken::add)
                  .findFirst()
                  .orElseThrow()
              : name);
    }
    return columns;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.manifest.ManifestForm;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.object.JsonRows;
import dev.lakehouse.core.connect.table.CsvRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A list of URLs: a CSV or JSONL manifest whose role {@code image} names one in each row, or a text
 * with one on each line. Listing fetches nothing. Rows of one URL are parts of one item.
 */
public final class UrlsSource implements Source {

  /** How a list is written. */
  public enum Layout {
    /** A header and a record for each row. */
    CSV,
    /** A JSON object for each row. */
    JSONL,
    /** A URL on each line. */
    LINES;

    /** What the name of a list says. */
    public static Layout of(String path) {
      return ManifestForm.of(path)
          .map(form -> form == ManifestForm.CSV ? CSV : JSONL)
          .orElse(LINES);
    }
  }

  private final Source list;

  private UrlsSource(Source list) {
    this.list = list;
  }

  /**
   * Checks that the list is there and has what is mapped.
   *
   * @param options of which the root is of no use here
   * @throws LakehouseException SOURCE_UNAVAILABLE or CONFIG_INVALID
   */
  public static UrlsSource open(ManifestOptions options) {
    return new UrlsSource(
        switch (Layout.of(options.path())) {
          case CSV -> CsvRows.open(options, manifest -> new UrlReferences());
          case JSONL -> JsonRows.open(options, manifest -> new UrlReferences());
          case LINES -> UrlLines.open(options);
        });
  }

  @Override
  public String name() {
    return list.name();
  }

  @Override
  public Stream<SourceItem> items() {
    return list.items();
  }

  @Override
  public boolean hasParts() {
    return true;
  }

  @Override
  public boolean isFetched() {
    return true;
  }

  @Override
  public Optional<String> manifest() {
    return list.manifest();
  }

  @Override
  public Map<String, String> reading() {
    return list.reading();
  }

  @Override
  public List<String> fields() {
    return list.fields();
  }
}

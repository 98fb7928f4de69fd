// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.PlainRow;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.DeltaTable;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The assets of one release, read from the versions of tables that it names. What is not in its
 * catalog is not there, whatever else the lake holds. A release names no version of the figures,
 * which belong to contents: these are the newest when they are first asked for. Each table is gone
 * through once, when it is first asked; threads may share one.
 */
public final class PublishedAssets {
  private static final long ROW_BYTES = 64 << 20; // of rows that are kept
  private static final int PLACES_KEPT = 2_000;
  private static final int TEXT_SHOWN = 20_000;
  private static final String ID = "asset_id";
  private static final String SHA256 = "sha256";

  /** What an asset is, where it came from and how it may be read. */
  private static final List<String> LINEAGE =
      List.of(
          "source",
          "key",
          "source_uri",
          "source_sha256",
          "source_charset",
          "size_bytes",
          "first_seen",
          "first_run",
          "last_run",
          "trace_id");

  private static final Table PLACE = Tables.FILTERED.select(List.of(ID, "blob_uri"));

  private final LakeLayout layout;
  private final Configuration hadoop;
  private final Release release;
  private final Lazy<Catalog> catalog = new Lazy<>(this::readCatalog);
  private final Lazy<Optional<RowPlaces>> filtered = new Lazy<>(this::readFiltered);
  private final Lazy<Optional<RowPlaces>> measurements = new Lazy<>(this::readMeasurements);
  private final BoundedCache<String, Values> rows =
      new BoundedCache<>(ROW_BYTES, row -> Weight.of(row, Tables.PUBLISHED));
  private final BoundedCache<String, Content> contents =
      new BoundedCache<>(PLACES_KEPT, content -> 1);

  /** Reads nothing yet. */
  public PublishedAssets(LakeLayout layout, Configuration hadoop, Release release) {
    this.layout = layout;
    this.hadoop = hadoop;
    this.release = release;
  }

  /** Where the rows of the catalog are, and what was counted on the way there. */
  private record Catalog(Optional<RowPlaces> places, Facets facets) {}

  private Catalog readCatalog() {
    Facets facets = new Facets();
    return new Catalog(
        table(CatalogTable.FIRST)
            .at(release.catalogVersion())
            .map(version -> RowPlaces.of(version, ID, Facets.COLUMNS, facets::add)),
        facets);
  }

  private Optional<RowPlaces> readFiltered() {
    return table(Tables.FILTERED)
        .at(release.filteredVersion())
        .map(version -> RowPlaces.of(version, ID));
  }

  private Optional<RowPlaces> readMeasurements() {
    return table(Kinds.MEASUREMENTS).latest().map(version -> RowPlaces.of(version, SHA256));
  }

  private DeltaTable table(Table table) {
    return DeltaTable.of(layout, table, hadoop);
  }

  /**
   * Goes through the catalog, so that the first who asks does not wait for that.
   *
   * @throws LakehouseException if it cannot be read
   */
  void warm() {
    Catalog unused = catalog.get();
  }

  /**
   * The row of an asset, without vectors.
   *
   * @throws LakehouseException if the catalog cannot be read
   */
  public Optional<Values> find(String assetId) {
    Optional<Values> known = rows.find(assetId);
    if (known.isPresent()) {
      return known;
    }
    Optional<Values> row = first(catalog.get().places(), assetId, Tables.PUBLISHED);
    row.ifPresent(found -> rows.put(assetId, found));
    return row;
  }

  private static Optional<Values> first(Optional<RowPlaces> places, String value, Table shown) {
    return places.flatMap(each -> each.rows(value, shown).stream().findFirst());
  }

  /** Where the content of an asset is. */
  public Content content(Values row) {
    Optional<String> text = row.text("text");
    if (text.isPresent()) {
      return new Content(text, Optional.empty(), Optional.empty());
    }
    String id = row.require(ID, String.class);
    return contents
        .find(id)
        .orElseGet(
            () -> {
              Content content = new Content(text, row.text("blob"), place(id));
              contents.put(id, content);
              return content;
            });
  }

  /**
   * Where a picture of an asset is: of a picture itself, of a film a shot; empty where there is
   * nothing to see.
   *
   * @param segment of a film, to see that shot
   */
  public Optional<Content> picture(Values row, Optional<String> segment) {
    return row.text("modality").filter(Modality.IMAGE.word()::equals).isPresent()
        ? Optional.of(content(row))
        : keyframe(row, segment);
  }

  private static Optional<Content> keyframe(Values row, Optional<String> segment) {
    List<?> frames = (List<?>) row.find("keyframes").orElse(List.of());
    return frames.stream()
        .map(Object[].class::cast)
        .filter(frame -> segment.isEmpty() || segment.get().equals(frame[0]))
        .findFirst()
        .or(() -> frames.stream().map(Object[].class::cast).findFirst())
        .map(
            frame ->
                new Content(
                    Optional.empty(), Optional.of(String.valueOf(frame[1])), Optional.empty()));
  }

  /** The catalog does not say where a file lies that was left in its place. */
  private Optional<String> place(String id) {
    return first(filtered.get(), id, PLACE).flatMap(each -> each.text("blob_uri"));
  }

  /** How many assets have which modality, source, language and licence. */
  public Map<String, Object> facets() {
    return catalog.get().facets().toJson();
  }

  /**
   * All that is known of an asset: {@code {"release", "sequence", "asset": catalog row,
   * "measurements": [outcome row], "lineage": {…}}}. Texts of more than 20,000 characters are cut
   * in {@code asset}, where {@code text_cut} says so.
   */
  public Map<String, Object> describe(Values row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("release", release.id());
    json.put("sequence", release.sequence());
    json.put("asset", asset(row));
    json.put(
        "measurements",
        figures(row.require(SHA256, String.class)).stream()
            .map(each -> filled(PlainRow.of(Kinds.MEASUREMENTS, each)))
            .toList());
    json.put("lineage", lineage(row));
    return json;
  }

  private List<Values> figures(String sha256) {
    return measurements.get().map(each -> each.rows(sha256, Kinds.MEASUREMENTS)).orElse(List.of());
  }

  private static Map<String, Object> asset(Values row) {
    Map<String, @Nullable Object> asset = new LinkedHashMap<>(PlainRow.of(Tables.PUBLISHED, row));
    String text = row.text("text").orElse("");
    boolean cut = text.length() > TEXT_SHOWN;
    if (cut) {
      asset.put("text", text.substring(0, text.offsetByCodePoints(0, TEXT_SHOWN / 2)));
    }
    asset.put("text_cut", cut);
    asset.remove("passages"); // the text once more
    return Collections.unmodifiableMap(asset);
  }

  /** Probes of other kinds leave most columns empty. */
  private static Map<String, Object> filled(Map<String, Object> row) {
    Map<String, Object> filled = new LinkedHashMap<>(row);
    filled.values().removeIf(value -> value == null);
    return filled;
  }

  private Map<String, Object> lineage(Values row) {
    Map<String, Object> lineage = new LinkedHashMap<>();
    Optional<Values> origin = first(filtered.get(), row.require(ID, String.class), Tables.FILTERED);
    origin.ifPresent(
        found -> {
          Map<String, Object> plain = PlainRow.of(Tables.FILTERED, found);
          LINEAGE.forEach(column -> lineage.put(column, plain.get(column)));
        });
    lineage.put(SHA256, row.require(SHA256, String.class));
    lineage.put("judgement_id", row.require("judgement_id", String.class));
    lineage.put("policy_digest", row.require("policy_digest", String.class));
    List<Map<String, Object>> families = new ArrayList<>();
    release
        .families()
        .forEach(
            family ->
                families.add(
                    Map.of(
                        "family", family.name(),
                        "bundle", family.bundle(),
                        "encoder", family.encoder())));
    lineage.put("families", families);
    lineage.put("release", release.id());
    lineage.put("release_sequence", release.sequence());
    lineage.put("released_at", release.createdAt().toString());
    lineage.put("release_run", release.run());
    return lineage;
  }

  /** What is made when somebody asks first; of a try that failed nothing is kept. */
  private static final class Lazy<T> {
    private final Supplier<T> making;
    private @Nullable T made;

    Lazy(Supplier<T> making) {
      this.making = making;
    }

    synchronized T get() {
      T value = made;
      if (value == null) {
        value = making.get();
        made = value;
      }
      return value;
    }
  }
}

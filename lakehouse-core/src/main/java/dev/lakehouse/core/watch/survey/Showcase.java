// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.lake.DeltaVersion;
import dev.lakehouse.core.lake.DeltaVersion.Place;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.watch.report.Shown;
import dev.lakehouse.core.watch.report.Shown.Look;
import dev.lakehouse.core.watch.sheet.Looks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The items that a report shows: first it hears which, then it reads them all at once, then it
 * shows them. Pictures are decoded under the limits of the lake and made anew, small; what there is
 * no room or time for is left out, and counted.
 */
final class Showcase {
  /** Code points of a text that are shown. */
  static final int EXCERPT = 240;

  private static final int CAPTION_TEXT = 0; // place in Tables.CAPTIONS

  private static final List<String> COLUMNS =
      List.of(
          "asset_id",
          "title",
          "source_uri",
          "modality",
          "media_type",
          "sha256",
          "text",
          "blob",
          "blob_uri",
          "captions");

  private final Looks looks;
  private final long nanos;
  private final Set<String> wanted = new HashSet<>();
  private final Map<String, Values> rows = new HashMap<>();
  private final Map<String, Look> seen = new HashMap<>(); // by digest
  private long spent;
  private long late;

  /**
   * @param looks what is seen of them
   * @param time that reading and decoding may take
   */
  Showcase(Looks looks, Duration time) {
    this.looks = looks;
    this.nanos = time.toNanos();
  }

  /** Asks for items. */
  void want(Collection<Nearest.Pick> picks) {
    picks.forEach(pick -> wanted.add(pick.assetId()));
  }

  /** Asks for items by their ids. */
  void wantAll(Collection<String> assetIds) {
    wanted.addAll(assetIds);
  }

  /** Reads what was asked for. */
  void load(LakeReader lake) {
    if (wanted.isEmpty()) {
      return;
    }
    lake.find(Tables.ASSETS).ifPresent(this::load);
  }

  /** Texts and captions are read of those alone that are shown. */
  private void load(DeltaVersion assets) {
    TreeSet<Place> places = new TreeSet<>();
    assets.forEach(
        List.of("asset_id"),
        (place, row) -> {
          if (wanted.contains(row.require("asset_id", String.class))) {
            places.add(place);
          }
        });
    assets.forEach(
        places,
        COLUMNS,
        (place, row) -> rows.put(row.require("asset_id", String.class), shortened(row)));
  }

  /** A long text is not kept whole. */
  private static Values shortened(Values row) {
    row.text("text")
        .filter(text -> text.length() > 4 * EXCERPT)
        .ifPresent(text -> row.set("text", text.substring(0, 4 * EXCERPT)));
    return row;
  }

  /** Shows some, each with its note; one whose row is gone is left out. */
  List<Shown> shown(List<Nearest.Pick> picks) {
    List<Shown> shown = new ArrayList<>();
    for (Nearest.Pick pick : picks) {
      find(pick.assetId(), pick.note()).ifPresent(shown::add);
    }
    return shown;
  }

  /** Shows one. */
  Optional<Shown> find(String assetId, String note) {
    return Optional.ofNullable(rows.get(assetId)).map(row -> item(assetId, row, note));
  }

  private Shown item(String assetId, Values row, String note) {
    String place = Shareable.place(row.require("source_uri", String.class));
    return new Shown(
        assetId,
        row.text("title")
            .map(Shareable::text)
            .orElseGet(() -> place.substring(place.lastIndexOf('/') + 1)),
        place,
        seen.computeIfAbsent(row.require("sha256", String.class), sha256 -> timed(row)),
        captions(row),
        note.isEmpty() ? List.of() : List.of(note));
  }

  private static List<String> captions(Values row) {
    List<?> captions = row.require("captions", List.class);
    return captions.stream()
        .map(caption -> String.valueOf(((Object[]) caption)[CAPTION_TEXT]))
        .toList();
  }

  private Look timed(Values row) {
    long started = System.nanoTime();
    try {
      return look(row);
    } finally {
      spent += System.nanoTime() - started;
    }
  }

  private Look look(Values row) {
    Modality modality = Modality.of(row.require("modality", String.class));
    Optional<String> text = row.text("text");
    if (text.isPresent()) {
      return looks.text(text.get());
    }
    if (row.text("blob").isEmpty()) {
      return Look.nothing("nothing of it was kept");
    }
    if (modality != Modality.IMAGE && modality != Modality.TEXT) {
      return Look.nothing(
          "%s, %s".formatted(modality.word(), row.require("media_type", String.class)));
    }
    if (spent > nanos) {
      late++;
      return Look.nothing("left out to save time");
    }
    Content content =
        Content.ofColumns(
            null, row.require("blob", String.class), row.text("blob_uri").orElse(null));
    return modality == Modality.IMAGE ? looks.picture(content) : looks.text(content);
  }

  /** Contents that there was no time for. */
  long late() {
    return late;
  }

  /** Pictures that there was no room for. */
  long crowded() {
    return looks.crowded();
  }
}

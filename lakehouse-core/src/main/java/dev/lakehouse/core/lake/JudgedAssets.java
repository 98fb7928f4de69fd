// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import static java.util.stream.Collectors.groupingBy;

import dev.lakehouse.core.ReadablePlace;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.connect.Places;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds judged assets by what people call them. */
public final class JudgedAssets {

  private JudgedAssets() {}

  /**
   * The ids for each of some names that is one; several rows may come from one place.
   *
   * @param names ids, source URIs, or these as {@link ReadablePlace} shows them
   */
  public static Map<String, Set<String>> named(LakeReader lake, Collection<String> names) {
    Map<String, List<String>> written = names.stream().collect(groupingBy(Places::spelt));
    Map<String, Set<String>> ids = new LinkedHashMap<>();
    lake.forEach(
        Tables.VERDICTS,
        List.of("asset_id", "source_uri"),
        verdict -> {
          String id = verdict.require("asset_id", String.class);
          String uri = verdict.require("source_uri", String.class);
          Stream.of(id, uri, ReadablePlace.of(uri))
              .flatMap(called -> written.getOrDefault(called, List.of()).stream())
              .forEach(name -> ids.computeIfAbsent(name, each -> new LinkedHashSet<>()).add(id));
        });
    return ids;
  }
}

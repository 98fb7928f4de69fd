// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Counted;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.search.saliency.Occlusion;
import dev.lakehouse.core.search.saliency.SaliencyMap;
import dev.lakehouse.core.serve.PublishedAssets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Writes where the pictures among hits show what was looked for. */
final class SaliencyFolder {
  private final Path folder;
  private final LakeLayout layout;
  private final Configuration hadoop;
  private final Contents contents;
  private final Limits limits;
  private final List<Map<String, Object>> json = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /**
   * A folder, which is made if it is not there.
   *
   * @throws LakehouseException CONFIG_INVALID if it cannot be
   */
  SaliencyFolder(Path folder, LakeLayout layout, Settings settings, Map<String, String> hadoop) {
    this.folder = folder;
    this.layout = layout;
    this.hadoop = HadoopSettings.configuration(hadoop);
    this.contents =
        new Contents(
            BlobStores.at(layout.blobsUri(), hadoop), hadoop, settings.integer(Setting.MAX_BYTES));
    this.limits = Limits.from(settings);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private LakehouseException unwritable(IOException cause) {
    return LakehouseException.because(
        cause,
        ErrorCode.CONFIG_INVALID,
        "Cannot write into %s: %s. Name a folder that can be written with --saliency FOLDER",
        folder,
        Hindrance.words(cause));
  }

  /** What was written, for programs. */
  List<Map<String, Object>> json() {
    return json;
  }

  /** The same for people. */
  List<String> lines() {
    return lines;
  }

  /** Writes a file for each hit that can be seen, by the models that see pictures. */
  void write(Searcher searcher, EmbedInput query, List<SearchResult> results) {
    for (SearchResult result : results) {
      ReleaseReader.all(layout, hadoop).stream()
          .filter(release -> release.id().equals(result.release()))
          .findFirst()
          .ifPresent(release -> write(searcher, query, result, release));
    }
    lines.add(
        json.isEmpty()
            ? "no saliency map: none of these hits is a picture that a model was asked about"
            : "%s in %s".formatted(Counted.of(json.size(), "saliency map"), folder));
  }

  private void write(Searcher searcher, EmbedInput query, SearchResult result, Release release) {
    Optional<Family> sees =
        Stream.of(result.family().split("\\+"))
            .flatMap(name -> release.family(name).stream())
            .filter(family -> family.modalities().contains(Tower.IMAGE))
            .findFirst();
    if (sees.isEmpty()) {
      return;
    }
    Occlusion occlusion = Occlusion.of(searcher, sees.get());
    PublishedAssets assets = new PublishedAssets(layout, hadoop, release);
    for (int i = 0; i < result.hits().size(); i++) {
      Hit hit = result.hits().get(i);
      Path file =
          folder.resolve(
              "%s-%02d-%s.png"
                  .formatted(sees.get().name(), result.offset() + i + 1, hit.assetId()));
      try {
        Optional<Content> picture =
            assets
                .find(hit.assetId())
                .flatMap((Values row) -> assets.picture(row, Optional.of(hit.segment())));
        if (picture.isPresent()) {
          PixelImage pixels = Occlusion.look(contents.bytes(picture.get()), limits);
          SaliencyMap map = occlusion.of(pixels, query);
          save(file, map.png(pixels));
          note(sees.get(), hit, file, map);
        }
      } catch (ItemException e) {
        lines.add("no saliency map of %s: %s".formatted(hit.assetId(), e.getMessage()));
      }
    }
  }

  private void save(Path file, byte[] png) {
    try {
      Files.write(file, png);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void note(Family family, Hit hit, Path file, SaliencyMap map) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("family", family.name());
    one.put("asset_id", hit.assetId());
    one.put("segment", hit.segment());
    one.put("file", file.toString());
    one.putAll(map.toJson());
    json.add(one);
  }
}

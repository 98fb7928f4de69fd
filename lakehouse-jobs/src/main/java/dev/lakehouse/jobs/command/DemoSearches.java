// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.demo.DemoData;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.search.ContactSheet;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.command.option.CommonOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Three questions to the demo's release: words to texts, words to images, image to images. */
@SuppressWarnings("ArrayRecordComponent")
record DemoSearches(
    LakeLayout layout, Answer textToText, Answer textToImage, Answer imageToImage, byte[] picture) {
  private static final int K = 12;

  /**
   * A question and what was found.
   *
   * @param kind from what to what
   */
  record Answer(String kind, String question, SearchResult result) {

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("kind", kind);
      json.put("question", question);
      json.putAll(result.toJson());
      return json;
    }

    List<String> lines(int shown) {
      List<String> lines = new ArrayList<>();
      lines.add("%s: %s".formatted(kind, question));
      lines.addAll(SearchCommand.lines(result.hits().stream().limit(shown).toList()));
      return lines;
    }
  }

  /** Asks. */
  static DemoSearches ask(CommonOptions options, DemoData data) {
    Settings settings = options.settings();
    LakeLayout layout = LakeLayout.of(options.lake(), settings);
    try (Searcher searcher =
        Searcher.of(layout, settings, options.models(Map.of()), new Configuration())) {
      byte[] picture = Files.readAllBytes(data.imageQuery());
      return new DemoSearches(
          layout,
          words(searcher, "text -> text", "text", data.textQuery()),
          words(searcher, "text -> image", "clip", data.captionQuery()),
          new Answer(
              "image -> image",
              data.imageQuery().toString(),
              searcher.search(SearchQuery.image("clip", picture, K, Optional.empty()))),
          picture);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot read %s: %s", data.imageQuery(), e);
    }
  }

  private static Answer words(Searcher searcher, String kind, String family, String question) {
    return new Answer(
        kind, question, searcher.search(SearchQuery.text(family, question, K, Optional.empty())));
  }

  private List<Answer> all() {
    return List.of(textToText, textToImage, imageToImage);
  }

  List<Object> json() {
    return List.copyOf(all().stream().map(Answer::json).toList());
  }

  List<String> lines(int shown) {
    List<String> lines = new ArrayList<>();
    for (Answer answer : all()) {
      lines.addAll(answer.lines(shown));
      lines.add("");
    }
    return lines;
  }

  /** Writes the pictures that were found as one page. */
  Path contactSheet(Path file) {
    BlobStore blobs = BlobStores.at(layout.blobsUri(), Map.of());
    try {
      ContactSheet sheet =
          new ContactSheet("What the demo found", blobs)
              .add("By words: " + textToImage.question(), textToImage.result())
              .add("By a picture", picture, imageToImage.result());
      return Files.writeString(file, sheet.html());
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot write the contact sheet %s: %s", file, e);
    }
  }
}

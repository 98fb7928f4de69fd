// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.demo.DemoData;
import dev.lakehouse.core.demo.DemoData.Question;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Questions to the demo's release.
 *
 * @param words those in words
 * @param image that by a picture
 */
@SuppressWarnings("ArrayRecordComponent")
record DemoSearches(LakeLayout layout, List<Answer> words, Answer image, byte[] picture) {
  private static final int K = 12;
  private static final int SHOWN = 3;

  /**
   * A question and what was found.
   *
   * @param kind from what to what
   */
  record Answer(String kind, String question, SearchResult result) {

    Map<String, @Nullable Object> json() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("kind", kind);
      json.put("question", question);
      json.putAll(result.toJson());
      return json;
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add("%s: %s".formatted(kind, question));
      lines.addAll(SearchCommand.lines(result.hits().stream().limit(SHOWN).toList()));
      return lines;
    }
  }

  /** Asks. */
  static DemoSearches ask(CommonOptions options, DemoData data) {
    Settings settings = options.settings();
    LakeLayout layout = LakeLayout.of(options.lake(), settings);
    try (Searcher searcher =
        Searcher.of(
            layout, settings, options.models(Map.of()), HadoopSettings.configuration(Map.of()))) {
      byte[] picture = Files.readAllBytes(data.imageQuery());
      return new DemoSearches(
          layout,
          data.questions().stream().map(question -> answer(searcher, question)).toList(),
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

  private static Answer answer(Searcher searcher, Question asked) {
    SearchQuery query = SearchQuery.text(asked.family(), asked.words(), K, asked.where());
    return new Answer(asked.kind(), asked.words(), searcher.search(query));
  }

  private Stream<Answer> all() {
    return Stream.concat(words.stream(), Stream.of(image));
  }

  List<Object> json() {
    return List.copyOf(all().map(Answer::json).toList());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    all()
        .forEach(
            answer -> {
              lines.addAll(answer.lines());
              lines.add("");
            });
    return lines;
  }

  /** Writes the pictures that were found as one page. */
  Path contactSheet(Path file) {
    BlobStore blobs = BlobStores.at(layout.blobsUri(), Map.of());
    try {
      ContactSheet sheet = new ContactSheet("What the demo found", blobs);
      for (Answer answer : words) {
        if (answer.kind().equals(DemoData.PICTURES)) {
          sheet.add("By words: " + answer.question(), answer.result());
        }
      }
      sheet.add("By a picture", picture, image.result());
      return Files.writeString(file, sheet.html());
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot write the contact sheet %s: %s", file, e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.connect.ItemJoin;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.SourceItem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestCocoSource {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "captions_train2017.json, 50, 0, 5",
    "captions_train2017.orig.json, 50, 30, 5",
    "instances_train2017.json, 50, 0, 0"
  })
  void theSharedSampleIsCountedRight(String file, int present, int absent, int captions)
      throws IOException {
    Path coco = SharedData.require("data/images/coco");

    List<SourceItem> items =
        items(coco.resolve("annotations").resolve(file), coco.resolve("train2017"));

    assertThat(items).hasSize(present + absent).extracting(SourceItem::key).doesNotHaveDuplicates();
    assertThat(items.stream().filter(TestCocoSource::isThere)).hasSize(present);
    assertThat(items)
        .allSatisfy(
            item -> {
              assertThat(item.description().captions()).hasSize(captions);
              assertThat(item.description().captionsDeclared()).isEqualTo(captions > 0);
              assertThat(item.description().licence().orElseThrow()).startsWith("http");
              assertThat(item.description().facts()).containsKeys("height", "coco_url");
              assertThat(((Offer.File) item.offer()).whenMissing())
                  .isEqualTo(ItemError.MISSING_FILE);
            });
  }

  private static boolean isThere(SourceItem item) {
    try {
      Offer.File file = (Offer.File) item.offer();
      return new SourceFile(file.uri(), Map.of()).state().length() > 0;
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oddImagesNeverStopTheOthers() throws IOException {
    List<SourceItem> items =
        of(
            """
            {"annotations": [
               {"image_id": 7, "caption": "seven"}, {"image_id": "7", "caption": "siete"}, 5,
               {"image_id": 99, "caption": "of nothing"}, {"caption": "of nobody"},
               {"image_id": 7, "caption": null, "more": {"a": [1]}}],
             "images": [
               {"id": 7, "file_name": "sub/seven.jpg"}, {"file_name": "no-id.jpg"},
               {"id": null, "file_name": "null-id.jpg"}, {"id": 8}, {"id": 9, "file_name": 3},
               {"id": 7, "file_name": "again.jpg"}, "text", null,
               {"id": 10, "file_name": "../../etc/passwd"}, {"id": 11, "file_name": "/etc/passwd"},
               {"id": 12, "file_name": "http://169.254.169.254/x"}]}
            """);

    assertThat(items)
        .extracting(item -> item.key() + " " + outcome(item))
        .containsExactly(
            "7 sub/seven.jpg",
            "position:1 no-id.jpg",
            "position:2 null-id.jpg",
            "8 MALFORMED_ROW",
            "9 MALFORMED_ROW",
            "position:5 MALFORMED_ROW",
            "position:6 MALFORMED_ROW",
            "position:7 MALFORMED_ROW",
            "10 PATH_REFUSED",
            "11 PATH_REFUSED",
            "12 PATH_REFUSED",
            "99 MISSING_FILE");
    assertThat(items.get(0).description().captions()).containsExactly("seven", "siete");
  }

  @Test
  void aListMayBeLookedAtInPart() throws IOException {
    Files.writeString(
        folder.resolve("coco.json"),
        "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"}], \"info\": {\"x\": 1}}");
    CocoSource source =
        CocoSource.open(
            new CocoSource.Options(
                folder + "/coco.json", folder.toString(), Optional.empty(), Map.of()));

    try (Stream<SourceItem> items = source.items()) {
      assertThat(items.limit(1000)).hasSize(1);
    }
  }

  @Test
  void formsOfCaptionsAndIdsThatEqualEachOther() throws IOException {
    List<SourceItem> items =
        of(
            """
            {"images": [
               {"id": 1, "file_name": "a.jpg", "license": 2.0, "height": 4.50},
               {"id": 2.0, "file_name": "b.jpg"}, {"id": 3, "file_name": "sub//../a.jpg"}],
             "licenses": [{"id": 2, "url": "http://l"}],
             "annotations": [
               {"image_id": 1.0, "caption": ["one", {"raw": "two"}], "area": NaN},
               {"image_id": 2, "caption": {"no": "text"}, "segmentation": {"counts": "P"}},
               {"image_id": "2", "caption": NaN}, {"image_id": 3e0, "caption": 7}]}
            """);

    assertThat(items)
        .extracting(item -> item.key() + " " + outcome(item))
        .containsExactlyInAnyOrder("1 a.jpg", "2 b.jpg", "annotation:1 MALFORMED_ROW");
    assertThat(items.get(0).description().captions()).containsExactly("one", "two", "7");
    assertThat(items.get(0).description().licence()).contains("http://l");
    assertThat(items.get(0).description().facts())
        .isEqualTo(Map.of("height", "4.50", "ids", "[\"1\",\"3\"]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "{}", "{\"images\": 3}", "{\"images\": [{\"id\": 1}"})
  void whatIsNoAnnotationFileIsNamedBeforeAnyWork(String content) {
    assertThatThrownBy(() -> of(content))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Cannot read annotations")
        .hasMessageContaining("coco.json");
  }

  private List<SourceItem> of(String json) throws IOException {
    return items(Files.writeString(folder.resolve("coco.json"), json), folder);
  }

  private static List<SourceItem> items(Path annotations, Path images) {
    Source source =
        CocoSource.open(
            new CocoSource.Options(
                annotations.toString(), images.toString(), Optional.empty(), Map.of()));
    try (Stream<SourceItem> items = source.items()) {
      return ItemJoin.all(items.toList());
    }
  }

  private static String outcome(SourceItem item) {
    if (item.offer() instanceof Offer.Refused refused) {
      return refused.code().name();
    }
    Offer.File file = (Offer.File) item.offer();
    return file.uri().substring(file.root().length() + 1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.object;

import com.fasterxml.jackson.core.JsonParser;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.Places;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.folder.FileNames;
import dev.lakehouse.core.connect.folder.Folder;
import dev.lakehouse.core.connect.manifest.Reading;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A COCO annotation file: each image that it lists, with its captions.
 *
 * <p>The key of an image is its id, or {@code position:<n>} (from 0) where it has none; images of
 * one file are parts of one item. An id that annotations name and no image has is a missing file.
 */
public final class CocoSource implements Source {

  /**
   * What to read.
   *
   * @param annotations the JSON file: a URI, or a local path
   * @param images folder of the image files
   * @param name of the source; by default the URI of the annotation file, links resolved
   * @param hadoopConf Hadoop settings on top of the defaults
   */
  public record Options(
      String annotations, String images, Optional<String> name, Map<String, String> hadoopConf) {}

  private final String uri;
  private final String name;
  private final Folder images;
  private final Map<String, String> hadoopConf;

  private CocoSource(String uri, String name, Folder images, Map<String, String> hadoopConf) {
    this.uri = uri;
    this.name = name;
    this.images = images;
    this.hadoopConf = hadoopConf;
  }

  /**
   * Checks that the folder is there and that the annotation file can be read to its end.
   *
   * @throws LakehouseException SOURCE_UNAVAILABLE
   */
  public static CocoSource open(Options options) {
    String uri = Places.file(options.annotations(), options.hadoopConf());
    Folder images = new Folder(Places.folder(options.images(), options.hadoopConf()));
    CocoSource source =
        new CocoSource(uri, options.name().orElse(uri), images, options.hadoopConf());
    source.annotations();
    return source;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<String> manifest() {
    return Optional.of(uri);
  }

  @Override
  public boolean hasParts() {
    return true; // images under two ids
  }

  @Override
  public Map<String, String> reading() {
    return Map.of("annotations", uri, "files below", images.uri());
  }

  @Override
  public Stream<SourceItem> items() {
    CocoItems items =
        new CocoItems(uri, name, images, new FileNames(images, hadoopConf), annotations());
    return Stream.concat(
        Reading.stream(() -> new CocoImages(parser()), this::unreadable).map(items::item),
        Stream.of(items).flatMap(CocoItems::rest)); // not before the images were seen
  }

  private CocoAnnotations annotations() {
    try (JsonParser json = parser()) {
      return CocoAnnotations.read(json);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private JsonParser parser() throws IOException {
    return JsonReading.parser(new SourceFile(uri, hadoopConf).open());
  }

  private LakehouseException unreadable(IOException cause) {
    return LakehouseException.because(
        cause,
        ErrorCode.SOURCE_UNAVAILABLE,
        "Cannot read annotations %s: %s. Expected a COCO file: a JSON object with lists 'images' and"
            + " 'annotations'",
        uri,
        Hindrance.words(cause));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.Places;
import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.folder.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A manifest that is there.
 *
 * @param uri of the manifest
 * @param name of the source
 * @param root folder that image files are found below
 * @param mapping which field plays which role
 * @param encoding how its text is written as bytes
 * @param hadoopConf Hadoop settings on top of the defaults
 */
public record Manifest(
    String uri,
    String name,
    Folder root,
    RowMapping mapping,
    Encoding encoding,
    Map<String, String> hadoopConf) {

  /**
   * Finds a manifest and its root.
   *
   * @throws LakehouseException SOURCE_UNAVAILABLE if either is not there
   */
  public static Manifest find(ManifestOptions options) {
    String uri = Places.file(options.path(), options.hadoopConf());
    String root =
        options
            .root()
            .map(written -> Places.folder(written, options.hadoopConf()))
            .orElseGet(() -> Places.parent(uri));
    try (InputStream in = PackedText.open(new SourceFile(uri, options.hadoopConf()))) {
      return new Manifest(
          uri,
          options.name().orElse(uri),
          new Folder(root),
          options.mapping(),
          Encoding.of(in, options.encoding()),
          options.hadoopConf());
    } catch (IOException e) {
      throw unreadable(uri, e);
    }
  }

  /**
   * A table, whose rows stand for themselves and are read by others.
   *
   * @param uri of the table
   * @param root folder that files are found below
   */
  public static Manifest table(
      String uri, String name, String root, RowMapping mapping, Map<String, String> hadoopConf) {
    Encoding none = new Encoding(StandardCharsets.UTF_8, "as the table holds it");
    return new Manifest(uri, name, new Folder(root), mapping, none, hadoopConf);
  }

  /**
   * Opens the text of a manifest of which nothing is known yet, unpacked and as UTF-8.
   *
   * @throws LakehouseException SOURCE_UNAVAILABLE
   */
  public static InputStream text(String path, Map<String, String> hadoopConf) {
    SourceFile file = new SourceFile(Places.file(path, hadoopConf), hadoopConf);
    try (InputStream head = PackedText.open(file)) {
      return Encoding.of(head, Optional.empty()).utf8(PackedText.open(file));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Opens the manifest itself, unpacked and as UTF-8. */
  public InputStream open() {
    try {
      return encoding.utf8(PackedText.open(new SourceFile(uri, hadoopConf)));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** What a reader of it tells that could not go on. */
  public LakehouseException unreadable(IOException cause) {
    return unreadable(uri, cause);
  }

  private static LakehouseException unreadable(String uri, IOException cause) {
    return LakehouseException.because(
        cause,
        ErrorCode.SOURCE_UNAVAILABLE,
        "Cannot read manifest %s: %s; nothing was done",
        uri,
        cause instanceof JsonProcessingException json ? words(json) : Hindrance.words(cause));
  }

  private static String words(JsonProcessingException json) {
    JsonLocation at = json.getLocation();
    return "line %d, column %d is not JSON (%s)"
        .formatted(at.getLineNr(), at.getColumnNr(), json.getOriginalMessage());
  }
}

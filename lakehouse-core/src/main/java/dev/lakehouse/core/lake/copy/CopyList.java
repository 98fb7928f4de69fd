// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.copy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which files a version of an index consists of, by their paths below its folder.
 *
 * @param files in the order of their paths
 */
public record CopyList(SortedMap<String, CopiedFile> files) {
  private static final TypeReference<TreeMap<String, CopiedFile>> TYPE = new TypeReference<>() {};

  /**
   * One of them.
   *
   * @param sha256 of its bytes, under which it is stored
   * @param bytes its length
   */
  public record CopiedFile(String sha256, long bytes) {}

  /** A list of some files. */
  public CopyList(Map<String, CopiedFile> files) {
    this(new TreeMap<>(files));
  }

  /** How long they are together. */
  public long bytes() {
    return files.values().stream().mapToLong(CopiedFile::bytes).sum();
  }

  /** As it is stored; of equal lists the texts are equal. */
  String text() {
    return Json.pretty(files) + "\n";
  }

  /** What names the list, and with it the copy. */
  String name() {
    return Digests.sha256(text());
  }

  /**
   * A list that was stored.
   *
   * @throws LakehouseException INTEGRITY if it is none
   */
  static CopyList of(String text, String place) {
    try {
      CopyList list = new CopyList(Json.mapper().readValue(text, TYPE));
      list.files.keySet().forEach(path -> requireBelow(path, place));
      return list;
    } catch (JsonProcessingException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.INTEGRITY,
          "Cannot read %s: expected the list of the files of an index but found %s",
          place,
          e.getOriginalMessage());
    }
  }

  /** So that no list makes anybody write elsewhere. */
  private static void requireBelow(String path, String place) {
    Path folder = Path.of("index");
    if (!folder.resolve(path).normalize().startsWith(folder) || Path.of(path).isAbsolute()) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Cannot read %s: expected paths below an index but found '%s'",
          place,
          path);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.speech;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.bundle.description.BundleFiles;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a network that tells speech is.
 *
 * @param files of the folder that it is in
 * @param file its name there
 */
record SpeechPlace(BundleFiles files, String file) {
  private static final String ONNX = ".onnx";

  /**
   * The place that a setting names: a file {@code …/NAME.onnx}, or a bundle, which is a folder with
   * one such file; either as a URI, as an absolute path, or as a plain name below the models.
   *
   * @throws LakehouseException CONFIG_INVALID for a relative path, MODEL_UNAVAILABLE if there is no
   *     such folder, MODEL_INVALID if the folder holds no such file or several
   */
  static SpeechPlace of(String named, ModelsRoot models) {
    String place = absolute(named, models);
    if (!place.endsWith(ONNX)) {
      BundleFiles folder = BundleFiles.at(place, models.hadoop());
      return new SpeechPlace(folder, only(named, folder));
    }
    int name = place.lastIndexOf('/') + 1;
    return new SpeechPlace(
        BundleFiles.at(place.substring(0, name), models.hadoop()),
        isUri(place) ? decoded(place.substring(name)) : place.substring(name));
  }

  private static String absolute(String named, ModelsRoot models) {
    if (isUri(named) || Path.of(named).isAbsolute()) {
      return named.endsWith("/") ? named.substring(0, named.length() - 1) : named;
    }
    if (named.isBlank() || named.contains("/") || named.startsWith(".")) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Invalid %s: '%s' (expected a URI, an absolute path, a name below %s, or '%s')",
          Setting.SPEECH_BUNDLE.key(),
          named,
          models,
          SpeechModel.NONE);
    }
    return models.uri() + (models.uri().endsWith("/") ? "" : "/") + named;
  }

  private static boolean isUri(String place) {
    return BundleFiles.SCHEME.matcher(place).lookingAt();
  }

  private static String decoded(String name) {
    return URI.create("file:///" + name).getPath().substring(1);
  }

  private static String only(String named, BundleFiles folder) {
    List<String> networks;
    try {
      networks = folder.names().stream().filter(name -> name.endsWith(ONNX)).toList();
    } catch (FileNotFoundException | NoSuchFileException | NotDirectoryException e) {
      throw missing(named, folder.place(), e);
    } catch (IOException e) {
      throw unreadable(named, e);
    }
    if (networks.size() != 1) {
      throw LakehouseException.of(
          ErrorCode.MODEL_INVALID,
          "Refused the speech detector in %s: expected one file *%s in it but found %s. Name the"
              + " file itself with --set %s=…%s",
          folder.place(),
          ONNX,
          networks.isEmpty() ? "none" : String.join(", ", networks),
          Setting.SPEECH_BUNDLE.key(),
          ONNX);
    }
    return networks.get(0);
  }

  static LakehouseException missing(String named, String place, IOException cause) {
    return LakehouseException.because(
        cause,
        ErrorCode.MODEL_UNAVAILABLE,
        "No speech detector '%s': looked for %s. Put it there, on every machine or on storage that"
            + " all of them reach, name another with --set %s=PATH, or set it to '%s' to tell"
            + " speech by its energy",
        named,
        place,
        Setting.SPEECH_BUNDLE.key(),
        SpeechModel.NONE);
  }

  static LakehouseException unreadable(String named, IOException cause) {
    return LakehouseException.because(
        cause,
        ErrorCode.TRANSIENT,
        "Cannot read the speech detector '%s': %s",
        named,
        cause.getMessage());
  }

  @Override
  public String toString() {
    return files.place() + (files.place().endsWith("/") ? "" : "/") + file;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.input;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which field of a manifest plays which role, where its name says so and nobody else does. */
final class GuessedFields {
  private static final List<String> PICTURES =
      List.of(
          "image", "file_name", "filename", "image_path", "img", "picture", "file", "image_name");
  private static final List<String> RECORDINGS =
      List.of("audio", "audio_filepath", "audio_path", "wav", "wav_path", "video", "video_path");
  private static final List<String> TRANSCRIPTS =
      List.of("transcript", "transcription", "text", "sentence", "normalized_text");
  private static final List<String> CAPTIONS =
      List.of("caption", "captions", "comment", "description", "alt", "sentence", "text");
  private static final List<String> TEXTS =
      List.of("text", "body", "content", "document", "passage", "sentence", "article");
  private static final List<String> IDS = List.of("id", "doc_id", "uid", "key", "_id");

  private GuessedFields() {}

  /**
   * The mapping as {@code --map} writes it.
   *
   * @throws LakehouseException if no field is called like content
   */
  static String of(List<String> fields, Path manifest) {
    Map<String, String> roles = new LinkedHashMap<>();
    find(fields, IDS).ifPresent(field -> roles.put("id", field));
    Optional<String> recording = find(fields, RECORDINGS);
    Optional<String> picture = recording.or(() -> find(fields, PICTURES));
    picture.ifPresent(field -> roles.put("image", field));
    if (recording.isPresent()) {
      find(fields, TRANSCRIPTS).ifPresent(field -> roles.put("transcript", field));
    } else {
      find(fields, picture.isPresent() ? CAPTIONS : TEXTS)
          .ifPresent(field -> roles.put(picture.isPresent() ? "caption" : "text", field));
    }
    if (!roles.containsKey("image") && !roles.containsKey("text")) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot tell which field of %s is the content (found %s): say it, for example --map"
              + " id=id,text=body or --map image=file,caption=words",
          manifest,
          fields.isEmpty() ? "none" : String.join(", ", fields));
    }
    find(fields, List.of("title")).ifPresent(field -> roles.put("title", field));
    find(fields, List.of("licence", "license")).ifPresent(field -> roles.put("licence", field));
    find(fields, List.of("lang", "language")).ifPresent(field -> roles.put("lang", field));
    return roles.entrySet().stream()
        .map(role -> role.getKey() + "=" + role.getValue())
        .collect(Collectors.joining(","));
  }

  private static Optional<String> find(List<String> fields, List<String> names) {
    return names.stream()
        .flatMap(
            name -> fields.stream().filter(field -> field.toLowerCase(Locale.ROOT).equals(name)))
        .findFirst();
  }
}

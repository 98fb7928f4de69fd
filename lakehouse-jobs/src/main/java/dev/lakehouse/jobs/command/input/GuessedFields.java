// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.input;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.url.UrlsSource;
import java.nio.file.Files;
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
  private static final List<String> URLS =
      List.of(
          "url",
          "image_url",
          "img_url",
          "picture_url",
          "file_url",
          "audio_url",
          "video_url",
          "document_url",
          "image_link",
          "uri",
          "link",
          "href",
          "src");
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
      find(fields, URLS).ifPresent(field -> refuseUrls(field, manifest));
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot tell which field of %s is the content (found %s): say it, for example --map"
              + " id=id,text=body or --map image=file,caption=words",
          manifest,
          fields.isEmpty() ? "none" : String.join(", ", fields));
    }
    return written(roles, fields);
  }

  /** Nothing is fetched that nobody asked for. */
  private static void refuseUrls(String field, Path manifest) {
    throw LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "%s names URLs in its field %s, which are not fetched unasked. To fetch them give --source"
            + " urls --path %s",
        manifest,
        field,
        manifest);
  }

  /** A field that holds URLs, by its name. */
  static Optional<String> url(List<String> fields) {
    return find(fields, URLS);
  }

  /**
   * The mapping of a list of URLs; a text of URLs has one field.
   *
   * @throws LakehouseException if no field is called like URLs
   */
  static String ofUrls(String list) {
    UrlsSource.Layout layout = UrlsSource.Layout.of(list);
    Optional<Path> path = GuessedSource.local(list);
    if (layout == UrlsSource.Layout.LINES || path.filter(Files::notExists).isPresent()) {
      return "image=url"; // of a list that is not there, whoever opens it says so
    }
    path = path.filter(Files::isRegularFile);
    SourceRequest.Kind kind =
        layout == UrlsSource.Layout.CSV ? SourceRequest.Kind.CSV : SourceRequest.Kind.JSONL;
    List<String> fields = path.map(file -> ManifestFields.read(kind, file)).orElse(List.of());
    Map<String, String> roles = new LinkedHashMap<>();
    find(fields, IDS).ifPresent(field -> roles.put("id", field));
    Optional<String> url = find(fields, URLS).or(() -> find(fields, RECORDINGS));
    url = url.or(() -> find(fields, PICTURES));
    if (url.isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot tell which field of %s names URLs (found %s): say it, for example --map"
              + " image=url,caption=words",
          list,
          fields.isEmpty() ? "none" : String.join(", ", fields));
    }
    roles.put("image", url.get());
    find(fields, CAPTIONS).ifPresent(field -> roles.put("caption", field));
    return written(roles, fields);
  }

  private static String written(Map<String, String> roles, List<String> fields) {
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

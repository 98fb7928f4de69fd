// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.MultiPartFormInputStream;

/**
 * What came with a request, whole and in memory; what is too large is refused before it is read.
 *
 * @param type media type, in lower case and without parameters
 * @param header the whole header of the type
 */
@SuppressWarnings("ArrayRecordComponent")
record Body(String type, String header, byte[] bytes) {
  private static final String MULTIPART = "multipart/form-data";

  /** A field of a form. */
  @SuppressWarnings("ArrayRecordComponent")
  record Field(String name, String type, boolean isFile, byte[] bytes) {}

  /**
   * Reads a body.
   *
   * @param most bytes that are taken
   * @throws Refusal 413 if it has more, 408 if it comes too slowly, 400 if it breaks off
   */
  static Body read(HttpServletRequest request, int most) {
    if (request.getContentLengthLong() > most) {
      throw tooLarge(most);
    }
    String header = Optional.ofNullable(request.getContentType()).orElse("");
    byte[] bytes;
    try {
      bytes = request.getInputStream().readNBytes(most + 1);
    } catch (IOException e) {
      throw unfinished(e);
    }
    if (bytes.length > most) { // chunked: nobody said how much it would be
      throw tooLarge(most);
    }
    return new Body(type(header), header, bytes);
  }

  private static Refusal unfinished(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException
          || (cause instanceof BadMessageException bad
              && bad.getCode() == HttpStatus.REQUEST_TIMEOUT_408)) {
        return new Refusal(408, "The body came too slowly. Send it again");
      }
    }
    return new Refusal(400, "The body broke off before its end. Send it again");
  }

  static Refusal tooLarge(int most) {
    return new Refusal(
        413,
        "The body has more than %d bytes, which lakehouse.serve.max-body allows. Send a smaller file"
            .formatted(most));
  }

  static String type(String header) {
    return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The JSON that it is. What is wrong with it is told by its place: it may hold a token.
   *
   * @throws Refusal 400 if it is none
   */
  JsonNode json() {
    try {
      return Json.mapper().readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new Refusal(
          400,
          "The body is no JSON%s"
              .formatted(
                  Optional.ofNullable(e.getLocation())
                      .map(at -> ": line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()))
                      .orElse("")));
    }
  }

  boolean isForm() {
    return type.equals(MULTIPART);
  }

  /**
   * The fields of a form.
   *
   * @throws Refusal 400 if it is none
   */
  List<Field> fields() {
    int most = Math.max(1, bytes.length);
    MultiPartFormInputStream form =
        new MultiPartFormInputStream(
            new ByteArrayInputStream(bytes),
            header,
            new MultipartConfigElement("", most, most, most), // all of it stays in memory
            new File(System.getProperty("java.io.tmpdir")));
    try {
      List<Field> fields = new ArrayList<>();
      for (Part part : form.getParts()) {
        fields.add(field(part));
      }
      return fields;
    } catch (IOException | IllegalStateException | BadMessageException e) {
      throw new Refusal(400, "The form cannot be read: %s".formatted(e.getMessage()));
    } finally {
      form.deleteParts();
    }
  }

  private static Field field(Part part) throws IOException {
    try (InputStream in = part.getInputStream()) {
      return new Field(
          part.getName(),
          type(Optional.ofNullable(part.getContentType()).orElse("")),
          part.getSubmittedFileName() != null,
          in.readAllBytes());
    }
  }
}

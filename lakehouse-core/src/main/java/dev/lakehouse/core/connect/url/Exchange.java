// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.UrlSetting;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NameValuePair;

/** One request and its answer, of which the body is still to come. */
final class Exchange implements AutoCloseable {
  private final Url url;
  private final Validators known;
  private final Deadline deadline;
  private final Deadline.Guard guard;
  private final ClassicHttpResponse response;

  /**
   * Asks.
   *
   * @param known what is known of the content of this very URL
   */
  Exchange(HttpDoor door, Url url, Validators known, Deadline deadline) throws FetchFailure {
    this.url = url;
    this.known = known;
    this.deadline = deadline;
    HttpGet request = HttpDoor.request(url);
    known.etag().ifPresent(etag -> request.setHeader(HttpHeaders.IF_NONE_MATCH, etag));
    known.lastModified().ifPresent(at -> request.setHeader(HttpHeaders.IF_MODIFIED_SINCE, at));
    this.guard = deadline.over(request);
    try {
      this.response = door.send(url, request);
    } catch (IOException e) {
      guard.close();
      throw Setbacks.of(e, url, deadline);
    }
  }

  int status() {
    return response.getCode();
  }

  /** The value of a header. */
  Optional<String> header(String name) {
    return Optional.ofNullable(response.getFirstHeader(name)).map(NameValuePair::getValue);
  }

  /** Every value of a header. */
  List<String> headers(String name) {
    return Arrays.stream(response.getHeaders(name)).map(Header::getValue).toList();
  }

  /** Where it leads to. Servers write UTF-8 there, which HTTP reads as ISO 8859-1. */
  Optional<String> location() {
    return header(HttpHeaders.LOCATION)
        .map(
            value -> {
              String utf8 = new String(value.getBytes(ISO_8859_1), UTF_8);
              return utf8.indexOf('\uFFFD') < 0 ? utf8 : value;
            });
  }

  Optional<Duration> retryAfter() {
    return RetryAfter.of(header(HttpHeaders.RETRY_AFTER), header(HttpHeaders.DATE));
  }

  /** The content is what it was. */
  Answer.Unchanged unchanged() throws FetchFailure {
    if (!known.areKnown()) {
      throw FetchFailure.lasting(
          ItemError.HTTP_ERROR, "%s answered 304, and nothing was asked by".formatted(url));
    }
    return new Answer.Unchanged(known.renewed(validators()));
  }

  private Validators validators() {
    return new Validators(
        url.toString(), header(HttpHeaders.ETAG), header(HttpHeaders.LAST_MODIFIED));
  }

  /** The content, unpacked where it was packed without being asked for. */
  Answer.Content content(long maxBytes) throws FetchFailure {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new Answer.Content(validators(), InputStream.nullInputStream());
    }
    if (entity.getContentLength() > maxBytes) {
      throw FetchFailure.lasting(
          ItemError.BYTE_LIMIT,
          "%s has %d bytes, more than %s (%d)"
              .formatted(url, entity.getContentLength(), UrlSetting.MAX_BYTES.key(), maxBytes));
    }
    try {
      InputStream unpacked = unpacked(entity.getContent());
      return new Answer.Content(validators(), new BodyStream(unpacked, url, deadline, maxBytes));
    } catch (FetchFailure e) {
      throw e;
    } catch (IOException e) {
      throw Setbacks.of(e, url, deadline);
    }
  }

  private InputStream unpacked(InputStream body) throws IOException {
    String packed = String.join(",", headers(HttpHeaders.CONTENT_ENCODING));
    return switch (packed.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> new GZIPInputStream(body);
      default ->
          throw FetchFailure.lasting(
              ItemError.HTTP_ERROR,
              "%s is packed as '%s', which nobody asked for".formatted(url, packed));
    };
  }

  /** Ends it without reading what is left. */
  @Override
  public void close() {
    guard.close();
    try {
      response.close();
    } catch (IOException e) {
      // the connection is no longer used, whatever state it was in
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.serve.ContentFiles;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Sends the bytes of an asset, or a part of them; whether they may be seen others have decided. */
final class ContentAnswer {
  private static final int STEP = 1 << 16;

  private final ContentFiles files;

  ContentAnswer(ContentFiles files) {
    this.files = files;
  }

  /** A content that is held until this is closed, and what is said of it. */
  record Sought(Content content, ContentFiles.Held held, String type, String title, String sha256)
      implements AutoCloseable {
    @Override
    public void close() {
      held.close();
    }
  }

  /**
   * Finds the bytes, compared with their digest.
   *
   * @param row of the asset
   * @param content of the same
   */
  Sought sought(Values row, Content content) throws ItemException {
    String uri = row.require("source_uri", String.class);
    return new Sought(
        content,
        files.hold(content),
        row.require("media_type", String.class),
        row.text("title").orElse(uri.substring(uri.lastIndexOf('/') + 1)),
        row.require("sha256", String.class));
  }

  /** Sends what is asked for, and closes it. */
  void send(Exchange exchange, Sought content) throws IOException {
    try (Sought wanted = content;
        SeekableByteChannel bytes = open(wanted)) {
      send(exchange, wanted, bytes);
    }
  }

  /** The file may be removed while it is held, but not any more once it is open. */
  private SeekableByteChannel open(Sought wanted) throws IOException {
    try {
      return Files.newByteChannel(wanted.held().file());
    } catch (NoSuchFileException e) {
      files.forget(wanted.content());
      throw new Refusal(410, Problem.HAS_GONE);
    }
  }

  private void send(Exchange exchange, Sought wanted, SeekableByteChannel bytes)
      throws IOException {
    Context context = exchange.context();
    String tag = "\"" + wanted.sha256() + "\"";
    ServedType type = head(context, wanted, tag);
    if (exchange.header("If-None-Match").filter(tag::equals).isPresent()) {
      context.status(304);
      return;
    }
    long size = wanted.held().size();
    Optional<ByteRange> part = part(exchange, tag, size);
    part.ifPresent(
        range -> {
          context.status(206);
          context.header("Content-Range", range.header(size));
        });
    ByteRange sent = part.orElse(new ByteRange(0, size - 1));
    context.contentType(type.type());
    context.res().setContentLengthLong(sent.length());
    if (context.method() != HandlerType.HEAD) {
      copy(wanted, bytes, sent, context.outputStream());
    }
  }

  private static ServedType head(Context context, Sought wanted, String tag) {
    ServedType type =
        ServedType.of(wanted.content().text().isPresent() ? "text/plain" : wanted.type());
    context.header("ETag", tag);
    context.header("Cache-Control", "private, no-cache");
    context.header("Accept-Ranges", "bytes");
    context.header("Content-Security-Policy", type.policy());
    context.header("Content-Disposition", type.disposition(wanted.title()));
    return type;
  }

  private static Optional<ByteRange> part(Exchange exchange, String tag, long size) {
    if (!exchange.header("If-Range").map(tag::equals).orElse(true)) {
      return Optional.empty();
    }
    try {
      return ByteRange.of(exchange.header("Range"), size);
    } catch (Refusal e) {
      exchange.context().header("Content-Range", "bytes */" + size);
      throw e;
    }
  }

  private void copy(Sought wanted, SeekableByteChannel bytes, ByteRange part, OutputStream out)
      throws IOException {
    bytes.position(part.first());
    InputStream in = Channels.newInputStream(bytes);
    byte[] step = new byte[STEP];
    for (long left = part.length(); left > 0; ) {
      int read = in.read(step, 0, (int) Math.min(step.length, left));
      if (read < 0) {
        files.forget(wanted.content()); // whoever asks next has it compared again
        throw new IOException("The file has become shorter");
      }
      out.write(step, 0, read);
      left -= read;
    }
  }
}

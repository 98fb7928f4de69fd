// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.search.saliency.Occlusion;
import dev.lakehouse.core.serve.ContentFiles;
import dev.lakehouse.core.serve.CurrentRelease;
import dev.lakehouse.core.serve.Previews;
import dev.lakehouse.core.serve.PublishedAssets;
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

/** Shows what an asset of the release is, and its bytes; of no other. */
final class AssetAnswers {
  private static final int STEP = 1 << 16;
  private static final String NOTHING_TO_SEE = "There is nothing to see of this asset";

  private final CurrentRelease current;
  private final Workers workers;
  private final ContentFiles files;
  private final Previews previews;

  AssetAnswers(CurrentRelease current, Workers workers, ContentFiles files, Previews previews) {
    this.current = current;
    this.workers = workers;
    this.files = files;
    this.previews = previews;
  }

  /** Something about an asset, made from its row. */
  private interface Asked<T> {
    T of(PublishedAssets assets, Values row) throws Exception;
  }

  private <T> T ask(Exchange exchange, Asked<T> asked) throws Exception {
    String id = exchange.path("id");
    return workers.run(
        () -> {
          try (CurrentRelease.Use use = current.use()) {
            PublishedAssets assets = use.served().assets();
            exchange.note("release", use.served().release().sequence());
            Values row = assets.find(id).orElseThrow(() -> Refusal.unknownAsset(id));
            return asked.of(assets, row);
          }
        });
  }

  void describe(Exchange exchange) throws Exception {
    exchange.json(ask(exchange, (assets, row) -> Exchange.bytes(assets.describe(row))));
  }

  void thumbnail(Exchange exchange) throws Exception {
    Optional<byte[]> jpeg =
        ask(exchange, (assets, row) -> previews.of(assets, row, exchange.query("segment")));
    byte[] bytes = jpeg.orElseThrow(() -> new Refusal(404, NOTHING_TO_SEE));
    exchange.context().header("Cache-Control", "private, max-age=300");
    exchange.answer("image/jpeg", bytes);
  }

  void saliency(Exchange exchange) throws Exception {
    EmbedInput query = Question.of(exchange).input();
    String id = exchange.path("id");
    Optional<byte[]> png =
        workers.run(
            () -> {
              try (CurrentRelease.Use use = current.use()) {
                PublishedAssets assets = use.served().assets();
                Values row = assets.find(id).orElseThrow(() -> Refusal.unknownAsset(id));
                return previews.saliency(
                    assets, row, exchange.query("segment"), occlusion(exchange, use), query);
              }
            });
    byte[] bytes = png.orElseThrow(() -> new Refusal(404, NOTHING_TO_SEE));
    exchange.answer("image/png", bytes);
  }

  private static Occlusion occlusion(Exchange exchange, CurrentRelease.Use use) {
    Release release = use.served().release();
    exchange.note("release", release.sequence());
    Optional<String> name = exchange.query("family");
    Family family =
        release.families().stream()
            .filter(
                each ->
                    name.map(each.name()::equals)
                        .orElseGet(() -> each.modalities().contains(Tower.IMAGE)))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(
                        400,
                        name.map(given -> "This release has no family " + given)
                            .orElse("No family of this release sees pictures")));
    return Occlusion.of(use.served().searcher(), family);
  }

  private record Wanted(
      Content content, ContentFiles.Held held, String type, String title, String sha256)
      implements AutoCloseable {
    @Override
    public void close() {
      held.close();
    }
  }

  void content(Exchange exchange) throws Exception {
    try (Wanted wanted = ask(exchange, this::wanted);
        SeekableByteChannel bytes = open(wanted)) {
      send(exchange, wanted, bytes);
    }
  }

  /** The file may be removed while it is held, but not any more once it is open. */
  private SeekableByteChannel open(Wanted wanted) throws IOException {
    try {
      return Files.newByteChannel(wanted.held().file());
    } catch (NoSuchFileException e) {
      files.forget(wanted.content());
      throw new Refusal(410, Problem.HAS_GONE);
    }
  }

  private Wanted wanted(PublishedAssets assets, Values row) throws ItemException {
    Content content = assets.content(row);
    String uri = row.require("source_uri", String.class);
    return new Wanted(
        content,
        files.hold(content),
        row.require("media_type", String.class),
        row.text("title").orElse(uri.substring(uri.lastIndexOf('/') + 1)),
        row.require("sha256", String.class));
  }

  private void send(Exchange exchange, Wanted wanted, SeekableByteChannel bytes)
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

  private static ServedType head(Context context, Wanted wanted, String tag) {
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

  private void copy(Wanted wanted, SeekableByteChannel bytes, ByteRange part, OutputStream out)
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

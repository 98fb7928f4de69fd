// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.search.saliency.Occlusion;
import dev.lakehouse.core.serve.CurrentRelease;
import dev.lakehouse.core.serve.Previews;
import dev.lakehouse.core.serve.PublishedAssets;
import java.util.Optional;

/** Shows what an asset of the release is, and its bytes; of no other. */
final class AssetAnswers {
  private static final String NOTHING_TO_SEE = "There is nothing to see of this asset";

  private final CurrentRelease current;
  private final Workers workers;
  private final ContentAnswer contents;
  private final Previews previews;

  AssetAnswers(CurrentRelease current, Workers workers, ContentAnswer contents, Previews previews) {
    this.current = current;
    this.workers = workers;
    this.contents = contents;
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

  void content(Exchange exchange) throws Exception {
    contents.send(exchange, ask(exchange, this::sought));
  }

  private ContentAnswer.Sought sought(PublishedAssets assets, Values row) throws ItemException {
    return contents.sought(row, assets.content(row));
  }
}

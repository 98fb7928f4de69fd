// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.AssetId;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.Detected;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.SourceItem;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Brings items in: reads their content once, stores it, and says what it is.
 *
 * <p>The same item gives the same row, apart from the run and its time. Damaged content is stored
 * all the same, with what is wrong with it; an item that cannot be read is a dead letter.
 */
public final class Ingestor implements AutoCloseable {
  /** The stage that the dead letters name. */
  public static final String STAGE = "ingest";

  /** What may be known of the content that an item had before. */
  public static final Table KNOWN =
      new Table(
          "known",
          Stream.of(
                  "source_uri",
                  "modality",
                  "media_type",
                  "name_media_type",
                  "name_modality",
                  "sha256",
                  "size_bytes",
                  "text",
                  "blob",
                  "source_charset",
                  "source_sha256",
                  "content_error",
                  "facts")
              .map(name -> Tables.ASSETS.columns().get(Tables.ASSETS.indexOf(name)))
              .toList(),
          List.of());

  private final IngestPlan plan;
  private final ItemIntake intake;
  private final ItemMark mark;
  private Optional<WebIntake> web = Optional.empty();

  /** An ingestor for one task, whose threads may all use it. */
  public Ingestor(IngestPlan plan) {
    this.plan = plan;
    this.intake = new ItemIntake(plan);
    this.mark = new ItemMark(plan);
  }

  /**
   * Brings one item in.
   *
   * @throws LakehouseException if the blob store cannot be written or holds damage; never because
   *     of the item
   */
  public Ingested ingest(SourceItem item) {
    return ingest(item, Optional.empty());
  }

  /**
   * The same for an item of which something may be known, so that what did not change is not
   * fetched again.
   *
   * @param known row of {@link #KNOWN}
   */
  public Ingested ingest(SourceItem item, Optional<Values> known) {
    try {
      Taken taken = take(item, known);
      return new Ingested.Asset(
          asset(item, taken), taken.mark().map(state -> mark.of(item, state)));
    } catch (ItemException e) {
      return new Ingested.DeadLetter(deadLetter(item, e));
    }
  }

  /**
   * The same for an item that may have a mark, so that what did not change is not read again.
   *
   * @param marked what {@link Ingested.Asset#mark} was when it came in, if the lake still has that
   */
  public Ingested ingestUnless(Optional<String> marked, SourceItem item) {
    return marked.isPresent() && mark.now(item).equals(marked)
        ? new Ingested.Unread(item.key(), item.sourceUri())
        : ingest(item);
  }

  private Taken take(SourceItem item, Optional<Values> known) throws ItemException {
    Offer offer = item.offer();
    if (offer instanceof Offer.Url url) {
      return web().take(url, item.place(), known);
    }
    if (offer instanceof Offer.File file) {
      return intake.file(file);
    }
    if (offer instanceof Offer.Text text) {
      return intake.text(text.text()).of(Optional.of(ItemMark.INLINE));
    }
    if (offer instanceof Offer.Stored stored) {
      return intake.stored(stored);
    }
    if (offer instanceof Offer.Bytes bytes) {
      return intake.bytes(bytes.bytes(), item.description().title().orElse(item.key()));
    }
    Offer.Refused refused = (Offer.Refused) offer;
    throw new ItemException(refused.code(), refused.message());
  }

  /** Only where something is fetched. */
  private synchronized WebIntake web() {
    WebIntake made = web.orElseGet(() -> new WebIntake(plan, intake));
    web = Optional.of(made);
    return made;
  }

  private Values asset(SourceItem item, Taken taken) {
    String assetId = AssetId.of(item.source(), item.key());
    Values row =
        Values.of(Tables.ASSETS)
            .set("asset_id", assetId)
            .set("source", item.source())
            .set("key", item.key())
            .set("source_uri", item.sourceUri())
            .set("state", "active")
            .set("trace_id", Digests.sha256("trace:" + assetId).substring(0, 32))
            .set("first_run", plan.run())
            .set("last_run", plan.run())
            .set("first_seen", Timestamp.from(plan.startedAt()));
    setContent(row, taken);
    setDescription(row, item.description(), taken.facts());
    if (taken.detected().modality() == Modality.DOCUMENT
        && item.description().groupId().isEmpty()) {
      row.set("group_id", assetId); // which what stands in it joins
    }
    return row;
  }

  private static void setContent(Values row, Taken taken) {
    Detected detected = taken.detected();
    row.set("modality", detected.modality().word())
        .set("media_type", detected.mediaType())
        .set("name_media_type", detected.nameMediaType().orElse(null))
        .set("name_modality", detected.nameModality().map(Modality::word).orElse(null))
        .set("sha256", taken.sha256())
        .set("size_bytes", taken.sizeBytes())
        .set("text", taken.content().text().orElse(null))
        .set("blob", taken.content().blob().orElse(null))
        .set("blob_uri", taken.content().blobUri().orElse(null))
        .set("source_charset", taken.charset().orElse(null))
        .set("source_sha256", taken.sourceSha256().orElse(null))
        .set("content_error", taken.error().map(Enum::name).orElse(null));
  }

  private static void setDescription(Values row, Description said, Map<String, String> heard) {
    Map<String, String> facts = new TreeMap<>(said.facts());
    facts.putAll(heard);
    row.set("title", said.title().orElse(null))
        .set("captions", captions(said.captions()))
        .set("captions_declared", said.captionsDeclared())
        .set("language", said.language().orElse(null))
        .set("licence", said.licence().orElse(null))
        .set("consent", said.consent().orElse(null))
        .set("sensitivity", said.sensitivity().orElse(null))
        .set("group_id", said.groupId().orElse(null))
        .set("facts", facts);
  }

  private static List<Object[]> captions(List<String> captions) {
    return captions.stream()
        .map(caption -> new Object[] {caption, Digests.sha256(caption)})
        .toList();
  }

  private Values deadLetter(SourceItem item, ItemException reason) {
    return Values.of(Tables.DEAD_LETTERS)
        .set("run", plan.run())
        .set("stage", STAGE)
        .set("source", item.source())
        .set("source_uri", item.sourceUri())
        .set("key", item.key())
        .set("error_class", reason.code().cause().word())
        .set("error_code", reason.code().name())
        .set("error_message", String.valueOf(reason.getMessage()));
  }

  /** Lets go of what was unpacked for this task. */
  @Override
  public void close() {
    intake.close();
  }
}

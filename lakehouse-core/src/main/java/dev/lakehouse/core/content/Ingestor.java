// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
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

/**
 * Brings items in: reads their content once, stores it, and says what it is.
 *
 * <p>The same item gives the same row, apart from the run and its time. Damaged content is stored
 * all the same, with what is wrong with it; an item that cannot be read is a dead letter.
 */
public final class Ingestor {
  /** The stage that the dead letters name. */
  public static final String STAGE = "ingest";

  private final IngestPlan plan;
  private final ItemIntake intake;

  /** An ingestor for one task, whose threads may all use it. */
  public Ingestor(IngestPlan plan) {
    this.plan = plan;
    this.intake = new ItemIntake(plan);
  }

  /**
   * Brings one item in.
   *
   * @throws LakehouseException if the blob store cannot be written or holds damage; never because
   *     of the item
   */
  public Ingested ingest(SourceItem item) {
    try {
      return new Ingested.Asset(asset(item, take(item.offer())));
    } catch (ItemException e) {
      return new Ingested.DeadLetter(deadLetter(item, e));
    }
  }

  private Taken take(Offer offer) throws ItemException {
    if (offer instanceof Offer.File file) {
      return intake.file(file);
    }
    if (offer instanceof Offer.Text text) {
      return intake.text(text.text());
    }
    if (offer instanceof Offer.Stored stored) {
      return intake.stored(stored);
    }
    Offer.Refused refused = (Offer.Refused) offer;
    throw new ItemException(refused.code(), refused.message());
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
    setDescription(row, item.description());
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

  private static void setDescription(Values row, Description said) {
    row.set("title", said.title().orElse(null))
        .set("captions", captions(said.captions()))
        .set("captions_declared", said.captionsDeclared())
        .set("language", said.language().orElse(null))
        .set("licence", said.licence().orElse(null))
        .set("consent", said.consent().orElse(null))
        .set("sensitivity", said.sensitivity().orElse(null))
        .set("group_id", said.groupId().orElse(null))
        .set("facts", said.facts());
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
}

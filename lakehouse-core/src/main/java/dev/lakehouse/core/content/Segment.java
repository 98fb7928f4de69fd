// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.Modality;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of an asset that is measured, embedded and found by itself: its own content, a caption, or
 * a passage.
 *
 * @param name of the part, unlike that of any other of the asset: {@code whole}, {@code caption/2},
 *     {@code page/3}
 * @param role what it is to the asset
 * @param modality of the part
 * @param sha256 digest of its content
 */
public record Segment(String name, SegmentRole role, String modality, String sha256) {
  /** The part that is the whole content. */
  public static final String WHOLE = "whole";

  /** What stands before the number of a caption, which counts from 1. */
  public static final String CAPTION = "caption/";

  private static final int CAPTION_SHA256 = 1; // place in Tables.CAPTIONS
  private static final int PASSAGE_SHA256 = 2; // place in Tables.PASSAGES

  /**
   * The parts of an asset, its own content first.
   *
   * @param asset has {@code sha256}, {@code modality} and {@code captions}, and may have {@code
   *     passages}
   */
  public static List<Segment> of(Values asset) {
    List<Segment> segments = new ArrayList<>();
    segments.add(
        new Segment(
            WHOLE,
            SegmentRole.OWN,
            asset.require("modality", String.class),
            asset.require("sha256", String.class)));
    List<?> captions = (List<?>) asset.find("captions").orElse(List.of());
    for (int i = 0; i < captions.size(); i++) {
      String sha256 = String.valueOf(((Object[]) captions.get(i))[CAPTION_SHA256]);
      segments.add(
          new Segment(CAPTION + (i + 1), SegmentRole.CAPTION, Modality.TEXT.word(), sha256));
    }
    if (asset.hasColumn("passages")) {
      addPassages(asset, segments);
    }
    return segments;
  }

  private static void addPassages(Values asset, List<Segment> segments) {
    for (Object passage : (List<?>) asset.find("passages").orElse(List.of())) {
      Object[] fields = (Object[]) passage;
      segments.add(
          new Segment(
              String.valueOf(fields[0]),
              SegmentRole.PASSAGE,
              Modality.TEXT.word(),
              String.valueOf(fields[PASSAGE_SHA256])));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.Modality;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of an asset that is measured, embedded and found by itself: its own content, a caption, a
 * passage, or a picture of a film.
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
  private static final int KEYFRAME_SHA256 = 1; // place in Tables.KEYFRAMES

  /**
   * The parts of an asset, its own content first.
   *
   * @param asset has {@code sha256}, {@code modality} and {@code captions}, and may have {@code
   *     passages} and {@code keyframes}
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
    addPieces(asset, "passages", SegmentRole.PASSAGE, Modality.TEXT, PASSAGE_SHA256, segments);
    addPieces(asset, "keyframes", SegmentRole.KEYFRAME, Modality.IMAGE, KEYFRAME_SHA256, segments);
    return segments;
  }

  private static void addPieces(
      Values asset,
      String column,
      SegmentRole role,
      Modality modality,
      int sha256,
      List<Segment> segments) {
    List<?> pieces =
        asset.hasColumn(column) ? (List<?>) asset.find(column).orElse(List.of()) : List.of();
    for (Object piece : pieces) {
      Object[] fields = (Object[]) piece;
      segments.add(
          new Segment(
              String.valueOf(fields[0]), role, modality.word(), String.valueOf(fields[sha256])));
    }
  }
}

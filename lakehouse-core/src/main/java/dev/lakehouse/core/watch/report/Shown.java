// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.List;
import java.util.Optional;

/**
 * One item that is shown as an example.
 *
 * @param assetId its id; empty where it has none
 * @param title what it is called
 * @param place where it came from, as people read it
 * @param look what is seen of it
 * @param captions texts about it
 * @param notes short remarks, such as a figure or a code
 */
public record Shown(
    String assetId,
    String title,
    String place,
    Look look,
    List<String> captions,
    List<String> notes) {

  public Shown {
    captions = List.copyOf(captions);
    notes = List.copyOf(notes);
  }

  /**
   * What is seen of an item: one of these, or why nothing is.
   *
   * @param picture a {@code data:} URI
   * @param excerpt of a text
   * @param nothing why neither is there
   */
  public record Look(Optional<String> picture, Optional<String> excerpt, String nothing) {

    /** A picture. */
    public static Look picture(String data) {
      return new Look(Optional.of(data), Optional.empty(), "");
    }

    /** A text. */
    public static Look excerpt(String text) {
      return new Look(Optional.empty(), Optional.of(text), "");
    }

    /** Nothing, and why. */
    public static Look nothing(String why) {
      return new Look(Optional.empty(), Optional.empty(), why);
    }
  }

  /** The same with a remark. */
  public Shown with(String note) {
    return new Shown(assetId, title, place, look, captions, List.of(note));
  }
}

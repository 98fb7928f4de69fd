// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a source says about an item beside its content.
 *
 * @param captions texts about an image in the order of the source; empty ones are kept
 * @param captionsDeclared whether the source promises a caption for every image
 * @param title a short name for people
 * @param language ISO 639, as the source writes it
 * @param licence name or URL, as the source writes it
 * @param consent as the source writes it
 * @param sensitivity as the source writes it
 * @param groupId what items that belong together share
 * @param facts everything else
 */
public record Description(
    List<String> captions,
    boolean captionsDeclared,
    Optional<String> title,
    Optional<String> language,
    Optional<String> licence,
    Optional<String> consent,
    Optional<String> sensitivity,
    Optional<String> groupId,
    Map<String, String> facts) {

  public Description {
    captions = List.copyOf(captions);
    facts = Map.copyOf(facts);
  }

  /** Nothing at all. */
  public static Description none() {
    return of(Optional.empty());
  }

  /** Nothing but a title. */
  public static Description titled(String title) {
    return of(Optional.of(title));
  }

  private static Description of(Optional<String> title) {
    return new Description(
        List.of(),
        false,
        title,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}

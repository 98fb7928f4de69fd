// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a picture of any size becomes one of the tower's size. */
public enum Resizing {
  /** The shorter side to the edge, then the centre is cut out. */
  @JsonProperty("shortest-edge")
  SHORTEST_EDGE,
  /** Both sides to the tower's size; the proportions change. */
  @JsonProperty("exact")
  EXACT,
  /** The longer side fits, the rest is filled; nothing is lost and nothing bent. */
  @JsonProperty("letterbox")
  LETTERBOX
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import java.util.List;

/** One half of an encoder: pictures or texts to vectors of a space that all towers share. */
public sealed interface Tower permits ImageTower, TextTower {
  /** The tower for pictures. */
  String IMAGE = "image";

  /** The tower for texts. */
  String TEXT = "text";

  /** {@code image} or {@code text}. */
  String name();

  /** Its network. */
  Graph graph();

  /** Every file that it needs, without variants. */
  List<Content> contents();

  /** The same around another network. */
  Tower with(Graph other);
}

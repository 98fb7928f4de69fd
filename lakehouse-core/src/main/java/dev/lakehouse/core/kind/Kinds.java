// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.kind.picture.PictureProbe;
import dev.lakehouse.core.kind.text.TextProbe;
import java.util.List;

/** Every kind of content that the house takes further than its door. */
public final class Kinds {
  /** The one list: whoever teaches the house a new kind adds it here. */
  public static final List<Kind> ALL =
      List.of(new Kind("image", new PictureProbe()), new Kind("text", new TextProbe()));

  /** What measures them. */
  public static final Probes PROBES = new Probes(ALL.stream().map(Kind::probe).toList());

  /** The table of what they measured. */
  public static final Table MEASUREMENTS = PROBES.measurements();

  private Kinds() {}
}

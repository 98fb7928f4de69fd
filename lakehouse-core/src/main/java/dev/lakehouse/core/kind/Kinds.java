// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.bundle.speech.SpeechModel;
import dev.lakehouse.core.codec.document.Wanted;
import dev.lakehouse.core.codec.media.FrameChoice;
import dev.lakehouse.core.curate.Probe;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.derive.Derivers;
import dev.lakehouse.core.embed.TowerKind;
import dev.lakehouse.core.kind.audio.AudioProbe;
import dev.lakehouse.core.kind.audio.AudioTower;
import dev.lakehouse.core.kind.document.DocumentPieces;
import dev.lakehouse.core.kind.document.DocumentProbe;
import dev.lakehouse.core.kind.picture.PictureProbe;
import dev.lakehouse.core.kind.picture.PictureTower;
import dev.lakehouse.core.kind.text.ProseMeter;
import dev.lakehouse.core.kind.text.TextPassages;
import dev.lakehouse.core.kind.text.TextProbe;
import dev.lakehouse.core.kind.text.TextTower;
import dev.lakehouse.core.kind.video.VideoKeyframes;
import dev.lakehouse.core.kind.video.VideoProbe;
import java.util.List;
import java.util.Optional;

/** Every kind of content that the house takes further than its door. */
public final class Kinds {
  /** The one list: whoever teaches the house a new kind adds it here. */
  public static final List<Kind> ALL =
      List.of(
          Kind.of(new PictureProbe(), new PictureTower()),
          Kind.of(new TextProbe(), new TextTower()).deriving(new TextPassages()),
          Kind.of(new AudioProbe(), new AudioTower()),
          Kind.of(new VideoProbe())
              .deriving(settings -> new VideoKeyframes(FrameChoice.from(settings))),
          Kind.of(new DocumentProbe(new ProseMeter()))
              .deriving(settings -> new DocumentPieces(Wanted.from(settings))));

  /** What measures them, telling speech by its energy. */
  public static final Probes PROBES = new Probes(ALL.stream().map(Kind::probe).toList());

  /** The table of what they measured. */
  public static final Table MEASUREMENTS = PROBES.measurements();

  /**
   * What measures them.
   *
   * @param detector that tells speech; empty to tell it by its energy
   */
  public static Probes probes(Optional<SpeechModel> detector) {
    return detector
        .map(model -> new Probes(PROBES.all().stream().map(each -> with(model, each)).toList()))
        .orElse(PROBES);
  }

  private static Probe with(SpeechModel detector, Probe probe) {
    return probe instanceof AudioProbe ? new AudioProbe(detector) : probe;
  }

  /** What takes pieces out of them, as the settings want it. */
  public static Derivers derivers(Settings settings) {
    return new Derivers(
        ALL.stream()
            .flatMap(kind -> kind.deriver().stream())
            .map(of -> of.apply(settings))
            .toList());
  }

  private Kinds() {}

  /** What towers there may be. */
  static List<TowerKind> towers() {
    return ALL.stream().flatMap(kind -> kind.tower().stream()).toList();
  }

  /**
   * What the towers of a name are given.
   *
   * @throws IllegalArgumentException if nothing here prepares it
   */
  public static TowerKind tower(String name) {
    return towers().stream()
        .filter(tower -> tower.tower().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No kind of tower is named " + name));
  }
}

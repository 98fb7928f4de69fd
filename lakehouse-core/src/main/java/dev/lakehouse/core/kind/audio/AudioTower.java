// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.audio;

import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.bundle.description.SoundPreprocessing;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Preparation;
import dev.lakehouse.core.embed.TowerKind;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What towers for sounds are given. */
public record AudioTower() implements TowerKind {
  private static final long serialVersionUID = 1L;
  private static final double LONGEST_SAMPLE = 12; // seconds

  @Override
  public String tower() {
    return Tower.AUDIO;
  }

  @Override
  public String steps() {
    return AudioPreparation.STEPS;
  }

  @Override
  public Preparation<?> preparation(LoadedTower loaded, Limits limits) {
    return new AudioPreparation(loaded.tower().requireSound(), limits);
  }

  @Override
  public int itemsOnCpu() {
    return 4;
  }

  @Override
  public boolean isUniform() {
    return false;
  }

  @Override
  public List<EmbedInput> samples(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> SampleSound.of(i, LONGEST_SAMPLE * i / count))
        .toList();
  }

  @Override
  public List<EmbedInput> largest(Tower tower, BatchShape shape) {
    SoundPreprocessing how = tower.requireSound();
    int sounds = (int) Math.max(1, Math.min(shape.rows(), shape.cells() / how.clips()));
    return Collections.nCopies(sounds, SampleSound.of(0, how.seconds() * how.clips()));
  }
}

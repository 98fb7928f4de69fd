// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.picture;

import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Preparation;
import dev.lakehouse.core.embed.TowerKind;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What towers for pictures are given. */
public record PictureTower() implements TowerKind {
  private static final long serialVersionUID = 1L;

  @Override
  public String tower() {
    return Tower.IMAGE;
  }

  @Override
  public String steps() {
    return PixelTensor.STEPS;
  }

  @Override
  public Preparation<?> preparation(LoadedTower loaded, Limits limits) {
    return new PicturePreparation(loaded.tower().requirePreprocessing(), limits);
  }

  @Override
  public int itemsOnCpu() {
    return 8;
  }

  @Override
  public boolean isUniform() {
    return true;
  }

  @Override
  public List<EmbedInput> samples(int count) {
    return IntStream.range(0, count).mapToObj(SamplePicture::of).toList();
  }

  @Override
  public List<EmbedInput> largest(Tower tower, BatchShape shape) {
    return Collections.nCopies(shape.rows(), SamplePicture.of(0));
  }
}

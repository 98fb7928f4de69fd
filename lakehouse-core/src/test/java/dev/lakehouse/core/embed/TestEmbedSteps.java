// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.batch.OneBatch;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.InferenceException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of inputs when a tower fails, on a device that can be broken. */
class TestEmbedSteps {
  private static final String REFUSED = "refused";
  private static final String LARGE = "large";
  private final Breakable tower = new Breakable();

  @Test
  void anInputThatFailsWhileOthersRunIsAnOutcome() {
    List<EmbedOutcome> outcomes = embed("a", REFUSED, "b", "c");

    assertThat(outcomes)
        .extracting(outcome -> outcome.vector().isPresent())
        .containsExactly(true, false, true, true);
    assertThat(outcomes.get(1).failure().orElseThrow().code()).isEqualTo(ItemError.INTERNAL);
  }

  @Test
  void soIsOneThatFailsAlone() {
    assertThat(embed(REFUSED).get(0).failure().orElseThrow().code()).isEqualTo(ItemError.INTERNAL);
    assertThat(embed(LARGE).get(0).failure().orElseThrow().code())
        .isEqualTo(ItemError.OUT_OF_MEMORY);
  }

  @Test
  void aDeviceThatRunsNothingFailsTheTask() {
    tower.broken = "CUDA failure 700: an illegal memory access was encountered";

    assertThatThrownBy(() -> embed("a", "b", "c"))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRANSIENT))
        .hasMessageContaining("The image tower of shapes-clip runs nothing on cuda:0")
        .hasMessageContaining("CUDA failure 700");
  }

  @Test
  void soDoesOneWhoseMemoryOthersHold() {
    tower.broken = "Failed to allocate memory for requested buffer of size 4096";

    assertThatThrownBy(() -> embed("a"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("not even the least input: Failed to allocate memory");
  }

  private List<EmbedOutcome> embed(String... inputs) {
    return OneBatch.of(tower, List.of(inputs).stream().map(EmbedInput::text).toList());
  }

  private static final class Breakable extends EmbedSteps<String> {
    private String broken = "";

    @Override
    public EncoderSpec spec() {
      return Vectors.shapesClip(Tower.IMAGE);
    }

    @Override
    public String device() {
      return "cuda:0";
    }

    @Override
    public boolean isBatchDependent() {
      return false;
    }

    @Override
    String least() {
      return "";
    }

    @Override
    float[][] vectors(List<String> batch) {
      if (!broken.isEmpty()) {
        throw new InferenceException(broken);
      }
      if (batch.contains(REFUSED)) {
        throw new InferenceException("index out of bounds");
      }
      if (batch.contains(LARGE)) {
        throw new InferenceException("Failed to allocate memory");
      }
      return batch.stream().map(input -> new float[] {1, 2}).toArray(float[][]::new);
    }

    @Override
    public long bytesToPrepare(EmbedInput input) {
      return 0;
    }

    @Override
    public String prepare(EmbedInput input) {
      return ((EmbedInput.Text) input).text();
    }

    @Override
    public long preparedBytes(String prepared) {
      return prepared.length();
    }

    @Override
    public int length(String prepared) {
      return 1;
    }
  }
}

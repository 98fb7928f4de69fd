// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Bundles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Vectors in lakes are named by these: a change of one makes every lake embed anew. Those of
 * encoders change with the version of the runtime too.
 */
class TestEmbeddedDigests {

  @ParameterizedTest
  @CsvSource({
    "minilm, 47e21a179b82d946625bd9a34a21e43b44529f48a792dce4bf04b38f917a9e6c",
    "shapes-clip, e6e8ae2c16f22b1d95161097d4312b6e2f5f971dd9eb706ad1b6ad12888f3a3d"
  })
  void bundlesKeepTheirDigests(String bundle, String digest) {
    assertThat(Bundles.resolve(bundle, "/nonexistent").digest()).isEqualTo(digest);
  }

  @Test
  void encodersKeepTheirDigests() {
    assertThat(Vectors.minilm().encoder())
        .isEqualTo("b394c1a1f82f48374d202cdea139cfc18d4e619a1c046c9f273453192b9cdd1f");
    assertThat(Vectors.shapesClip(Tower.IMAGE).encoder())
        .isEqualTo("474150b24d9e250e5c01fb290b8401ead409488f2c06a6315943b8a130789289");
    assertThat(Vectors.shapesClip(Tower.TEXT).encoder())
        .isEqualTo("65940f6f30c7ad6d1b693417ca9509f442795b824eb13dc0e11f983026a94e89");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestGpus {
  private static Gpus of(double each, String... known) {
    Gpus gpus = new Gpus(each);
    gpus.know(List.of(known));
    return gpus;
  }

  @Test
  void whoNeedsNoneWorksOnTheCpu() {
    Gpus gpus = of(0);

    assertThat(gpus.take()).hasValue("cpu");
    assertThat(gpus.take()).hasValue("cpu");
    gpus.giveBack("cpu");
  }

  @Test
  void aWholeGpuIsTakenOnce() {
    Gpus gpus = of(1, "0", "3");

    assertThat(gpus.take()).hasValue("cuda:0");
    assertThat(gpus.take()).hasValue("cuda:3");
    assertThat(gpus.take()).isEmpty();
    gpus.giveBack("cuda:0");
    assertThat(gpus.take()).hasValue("cuda:0");
  }

  @Test
  void sharesOfAGpuAddUpToOne() {
    Gpus gpus = of(1.0 / 3, "0");

    assertThat(gpus.take()).hasValue("cuda:0");
    assertThat(gpus.take()).hasValue("cuda:0");
    assertThat(gpus.take()).hasValue("cuda:0");
    assertThat(gpus.take()).isEmpty();
  }

  @Test
  void whoNeedsTwoGetsTwoOrNone() {
    Gpus gpus = of(2, "0");

    assertThat(gpus.take()).isEmpty();
    gpus.know(List.of("0", "1")); // a later task has more
    assertThat(gpus.take()).hasValue("cuda:0,cuda:1");
    gpus.giveBack("cuda:0,cuda:1");
    assertThat(gpus.take()).hasValue("cuda:0,cuda:1");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Json;
import dev.lakehouse.core.watch.report.StepTime;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TestStepTimes {

  private static List<StepTime> steps(String result) throws IOException {
    String json =
        "{'steps':[{'name':'embed','seconds':100,'result':%s}]}"
            .formatted(result)
            .replace('\'', '"');
    return StepTimes.of(new RunNote(Json.mapper().readTree(json)));
  }

  private static String bound(double busy, double fetch, double prepare) throws IOException {
    String work =
        String.format(
            Locale.ROOT,
            "{'encoders':{'image':{'items':9,'device_busy_share':%f,'fetch_seconds':%f,"
                + "'prepare_seconds':%f,'infer_seconds':80,'compute_seconds':90}}}",
            busy,
            fetch,
            prepare);
    return steps(work).get(0).bounds().get(0);
  }

  @Test
  void aDeviceThatIsBusyBoundsAStepHoweverLongItsManyThreadsPrepare() throws Exception {
    assertThat(bound(0.95, 100, 700)).startsWith("image: the model (device busy 95 %;");
    assertThat(bound(0.4, 100, 700)).startsWith("image: decoding (device busy 40 %;");
    assertThat(bound(0.4, 900, 700)).startsWith("image: storage (device busy 40 %;");
  }

  @Test
  void numbersAreWrittenTheSameWhereverTheJvmIs() throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(steps("{'seen':12000,'added':11000,'updated':0,'dead_letters':1}").get(0).did())
          .isEqualTo("12,000 items seen, 11,000 new, 0 changed, 1 dead letter");
    } finally {
      Locale.setDefault(before);
    }
  }
}

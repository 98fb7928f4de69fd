// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestReleaseByName {
  private static final List<Release> ALL =
      releases("2a51e9f04c", "7d07aa1b22", "7d07aa9c33", "2a51e9f04c", "1234567890");

  private static List<Release> releases(String... ids) {
    return IntStream.range(0, ids.length).mapToObj(i -> release(i + 1, ids[i])).toList();
  }

  private static Release release(long sequence, String id) {
    return new Release(
        sequence,
        id,
        Optional.empty(),
        Instant.EPOCH,
        0,
        0,
        -1,
        "judgement",
        "policy",
        "constraints",
        List.of(),
        List.of(),
        0,
        0,
        0,
        "run",
        Release.RELEASED);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2", // the first id begins so
    "1, 1",
    "7d07aa1, 2",
    "7d07aa9c33, 3",
    "2a51e9f04c, 4", // made again: the last
    "123456, 5",
  })
  void aNumberAnIdOrItsBeginningMeansOne(String name, long sequence) {
    assertThat(Release.named(name, ALL).sequence()).isEqualTo(sequence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "7d07a", "", "99", "latest", "1234"})
  void aNumberThatIsNotThereIsNoBeginningOfAnId(String name) {
    assertThatThrownBy(() -> Release.named(name, ALL))
        .isInstanceOf(LakehouseException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.CONFIG_INVALID)
        .hasMessageContaining("no release '" + name + "'")
        .hasMessageContaining("[1, 2, 3, 4, 5], or its id or the first 6 characters");
  }

  @Test
  void whatBeginsTwoIdsIsNotGuessed() {
    assertThatThrownBy(() -> Release.named("7d07aa", ALL))
        .hasMessage(
            "The ids of releases [2, 3] begin with '7d07aa': write more of the one you mean, or its"
                + " number");
  }
}

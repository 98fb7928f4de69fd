// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.search.SearchRequest;
import dev.lakehouse.core.search.Sought;
import org.junit.jupiter.api.Test;

class TestAnswerCache {

  private static AnswerCache.Key key(String words) {
    return AnswerCache.Key.of("release", SearchRequest.of(Sought.words(words)));
  }

  @Test
  void howLongAnswersAreDecidesHowManyAreKept() {
    AnswerCache cache = new AnswerCache(100_000);
    for (int i = 0; i < 50; i++) {
      cache.put(key("short " + i), "x".repeat(100));
    }
    assertThat(cache.find(key("short 0"))).isPresent();

    for (int i = 0; i < 50; i++) {
      cache.put(key("long " + i), "x".repeat(20_000));
      assertThat(cache.bytes()).isBetween(1L, 100_000L);
    }
    assertThat(cache.find(key("short 0"))).isEmpty();
    assertThat(cache.find(key("long 0"))).isEmpty();
    assertThat(cache.find(key("long 49"))).isPresent();

    cache.put(key("longer than all together"), "x".repeat(60_000));
    assertThat(cache.find(key("longer than all together"))).isEmpty();
    cache.clear();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void whatIsAskedWithALongConditionIsKnownByLittle() {
    SearchRequest request =
        SearchRequest.of(Sought.words("x".repeat(10_000)))
            .where("language = '" + "x".repeat(5_000) + "'");

    assertThat(AnswerCache.Key.of("release", request).toString()).hasSizeLessThan(400);
    assertThat(AnswerCache.Key.of("release", request))
        .isEqualTo(AnswerCache.Key.of("release", request))
        .isNotEqualTo(AnswerCache.Key.of("release", request.where("language = 'x'")));
  }
}

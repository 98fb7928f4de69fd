// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestFetchRules {
  @Test
  void whoeverSetsNothingAsksPublicAddressesWithoutAContact() {
    FetchRules rules = FetchRules.from(Settings.defaults());

    assertThat(rules.agent()).isEqualTo("multimodal-lakehouse");
    assertThat(rules.namesContact()).isFalse();
    assertThat(rules.allowed()).isEqualTo("none");
  }

  @Test
  void theLimitOfFilesHoldsForAnswersToo() {
    assertThat(rules("lakehouse.limits.max-bytes", "1000").maxBytes()).isEqualTo(1000);
  }

  @Test
  void rulesTravelToExecutors() throws Exception {
    FetchRules rules = rules("lakehouse.urls.private", "127.0.0.1,10.0.0.0/8");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(rules);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(rules);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "me@example.org",
        "https://example.org/crawler?x=1",
        "Ann Example, me@example.org"
      })
  void aContactStandsInTheAgent(String contact) {
    FetchRules rules = rules("lakehouse.urls.contact", contact);

    assertThat(rules.agent()).isEqualTo("multimodal-lakehouse (+" + contact + ")");
    assertThat(rules.namesContact()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b\r\nX-Evil: 1", "me)", "(me", "jürgen@example.org", "x", "a\\b@c"})
  void whatWouldBreakAHeaderIsNoContact(String contact) {
    assertThatThrownBy(() -> rules("lakehouse.urls.contact", contact))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Invalid lakehouse.urls.contact");
  }

  @ParameterizedTest
  @CsvSource({
    "lakehouse.urls.tries, 0",
    "lakehouse.urls.parallel, 257",
    "lakehouse.urls.seconds, 0",
    "lakehouse.urls.redirects, -1",
    "lakehouse.urls.private, all",
  })
  void aBadValueNamesItsKey(String key, String value) {
    assertThatThrownBy(() -> rules(key, value))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Invalid " + key);
  }

  private static FetchRules rules(String key, String value) {
    return FetchRules.from(Settings.defaults().orElse(Map.of(key, value), "test"));
  }
}

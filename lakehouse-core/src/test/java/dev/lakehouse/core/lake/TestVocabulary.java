// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.AssetId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestVocabulary {

  @Test
  void anAssetIsNamedBySourceAndKey() {
    // printf 'photos\0a/b.jpg' | sha256sum
    assertThat(AssetId.of("photos", "a/b.jpg"))
        .isEqualTo(Digests.sha256("photos\0a/b.jpg").substring(0, 32))
        .isNotEqualTo(AssetId.of("photos/a", "b.jpg"));
  }

  @Test
  void aDigestKnowsWhereItsPartsEnd() {
    assertThat(Digests.ofParts(List.of("ab", "c")))
        .isNotEqualTo(Digests.ofParts(List.of("a", "bc")));
    assertThat(Digests.sha256(""))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void aRowWithoutARequiredColumnIsRefused() {
    Values row = Values.of(Tables.DUPLICATES).set("asset_id", "a").set("kind", "exact");

    assertThatThrownBy(row::toArray)
        .hasMessage("Row of duplicates lacks its required column cluster_id");
    assertThatThrownBy(() -> row.set("colour", "red"))
        .hasMessageStartingWith("Table duplicates has no column colour (found [asset_id, ");
  }

  @Test
  void everyKeyColumnIsRequired() {
    for (Table table : LakeSchema.TABLES) {
      for (String key : table.key()) {
        assertThat(table.columns().get(table.indexOf(key)).nullable())
            .as("%s.%s", table.name(), key)
            .isFalse();
      }
    }
  }
}

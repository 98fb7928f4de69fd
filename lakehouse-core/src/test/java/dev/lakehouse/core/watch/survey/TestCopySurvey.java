// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.watch.report.Copies;
import dev.lakehouse.core.watch.sheet.Looks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class TestCopySurvey {

  private static Values row(String id, String cluster, int size) {
    return Values.of(Tables.DUPLICATES)
        .set("asset_id", id)
        .set("kind", "exact")
        .set("cluster_id", cluster)
        .set("cluster_size", size)
        .set("evidence", "sha256 " + cluster);
  }

  private static Values asset(String id, String modality) {
    return Values.of(Tables.ASSETS).set("asset_id", id).set("modality", modality);
  }

  private static Copies told(List<Values> rows, List<Values> assets) {
    CopySurvey survey = new CopySurvey(new Verdicts(1));
    rows.forEach(survey::size);
    survey.choose();
    rows.forEach(survey::member);
    assets.forEach(survey::modality);
    survey.end();
    return survey.told(
        new Showcase(
            new Looks(
                new Contents(BlobStores.at("file:/nowhere", Map.of()), Map.of(), 1),
                Limits.from(Settings.defaults()),
                0,
                1),
            Duration.ZERO));
  }

  @Test
  void oneDigestInTwoModalitiesIsTwoGroups() {
    Copies copies =
        told(
            List.of(
                row("t1", "same", 2),
                row("p1", "same", 3),
                row("t2", "same", 2),
                row("p2", "same", 3),
                row("p3", "same", 3)),
            List.of(
                asset("t1", "text"),
                asset("t2", "text"),
                asset("p1", "table"),
                asset("p2", "table"),
                asset("p3", "table")));

    assertThat(copies.clusters()).isEqualTo(2);
    assertThat(copies.members()).isEqualTo(5);
    assertThat(copies.shown()).extracting(Copies.Cluster::size).containsExactly(3L, 2L);
  }

  @Test
  void ofManyGroupsAllAreCountedAndTheLargestShown() {
    List<Values> rows = new ArrayList<>();
    for (int group = 0; group < 1_000; group++) {
      int size = group == 777 ? 5 : 2;
      for (int i = 0; i < size; i++) {
        rows.add(row("%04d-%d".formatted(group, i), "c%04d".formatted(group), size));
      }
    }

    Copies copies = told(rows, List.of());

    assertThat(copies.clusters()).isEqualTo(1_000);
    assertThat(copies.members()).isEqualTo(2_003);
    assertThat(copies.shown())
        .hasSize(16)
        .extracting(Copies.Cluster::evidence, Copies.Cluster::size)
        .startsWith(Tuple.tuple("sha256 c0777", 5L), Tuple.tuple("sha256 c0000", 2L));
  }
}

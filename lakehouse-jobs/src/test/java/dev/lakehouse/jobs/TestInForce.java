// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.core.lake.LakeMemory;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.lake.release.PublishResult.Outcome;
import dev.lakehouse.jobs.pipeline.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lake was given stays in force until it is given something else. */
class TestInForce {
  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();

  /** A copy of the lake, opened by somebody who says nothing but these settings. */
  private Lakehouse copy(String name, Map<String, String> told) throws IOException {
    Path root = folder.resolve(name);
    if (!Files.exists(root)) {
      TamperedLake.shared().copy(root);
    }
    return Lakehouse.open(
        TamperedLake.spark(), root.toString(), Settings.defaults().orElse(told, "test"), said::add);
  }

  private static RunResult run(Lakehouse lake) {
    return lake.run(List.of(), PublishOptions.from(Settings.defaults()).allowLeaving());
  }

  private static Release publish(Lakehouse lake) {
    return lake.publish(PublishOptions.from(Settings.defaults()).allowLeaving()).release();
  }

  private static Kept kept(Lakehouse lake) {
    return LakeMemory.of(lake.layout(), new Configuration()).now();
  }

  @Test
  void aModelIsNotForgottenByWhoDoesNotNameIt() throws IOException {
    Lakehouse lake = copy("model", Map.of());

    RunResult again = run(lake);

    assertThat(again.published().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.published().release().family("clip")).isPresent();
    assertThat(again.embedded()).containsKey("clip");
    assertThat(said).noneMatch(line -> line.contains("is replaced by"));
    assertThat(kept(lake).settings()).containsEntry(Setting.CLIP_MODEL.key(), "shapes-clip");
    assertThat(kept(lake).bundles().get("clip"))
        .isEqualTo(TamperedLake.shared().family("clip").bundleDigest());
  }

  @Test
  void aRunDoesNotUndoTheJudgementsPolicy() throws IOException {
    Lakehouse lake = copy("policy", Map.of());
    Policy strict = StrictPolicy.parse();
    lake.judge(Optional.of(strict), Scope.CHANGED);

    RunResult after = run(lake);

    assertThat(after.judged().policyDigest()).isEqualTo(strict.digest());
    assertThat(after.published().release().policyDigest()).isEqualTo(strict.digest());
    assertThat(kept(lake).policy().orElseThrow().digest()).isEqualTo(strict.digest());

    said.clear();
    lake.judge(Optional.of(Policy.builtIn()), Scope.CHANGED);

    assertThat(said.get(0)).startsWith("policy in force, default (").contains("is replaced by");
    assertThat(kept(lake).policy().orElseThrow().digest()).isEqualTo(Policy.builtIn().digest());
  }

  @Test
  void whatIsToldWinsAndIsSaidFirst() throws IOException {
    Lakehouse lake = copy("told", Map.of(Setting.CLIP_MODEL.key(), "none"));

    assertThat(publish(lake).family("clip")).isEmpty();

    assertThat(said.get(0))
        .matches("model in force for family clip, shapes-clip \\(\\w{12}\\), is replaced by none");
    assertThat(publish(copy("told", Map.of())).family("clip")).isEmpty();
  }

  /** What the version before left: neither identity nor memory. */
  @Test
  void aLakeOfOldGoesOnAsItShowsItself() throws IOException {
    Lakehouse lake = copy("old", Map.of());
    Policy strict = StrictPolicy.parse();
    lake.judge(Optional.of(strict), Scope.CHANGED);
    FileUtils.deleteDirectory(folder.resolve("old/memory").toFile());
    Files.delete(folder.resolve("old/lake.json"));

    said.clear();

    assertThat(lake.judge(Optional.empty(), Scope.CHANGED).policyDigest())
        .isEqualTo(strict.digest());
    assertThat(publish(lake).family("clip")).isPresent();
    assertThat(said).noneMatch(line -> line.contains("is replaced by"));
    assertThat(folder.resolve("old/lake.json")).exists();
  }

  @Test
  void aPolicyThatIsGoneIsNamed() throws IOException {
    Lakehouse lake = copy("gone", Map.of());
    lake.judge(Optional.of(StrictPolicy.parse()), Scope.CHANGED);
    String digest = kept(lake).policy().orElseThrow().digest();
    Files.delete(folder.resolve("gone/policies/" + digest + ".yaml"));

    assertThatThrownBy(() -> lake.judge(Optional.empty(), Scope.CHANGED))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY))
        .hasMessageContaining(digest + ".yaml")
        .hasMessageContaining("--policy built-in");
  }
}

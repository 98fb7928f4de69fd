// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.demo.DemoData;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.proof.LakeContents;
import dev.lakehouse.core.lake.proof.LakeContentsReader;
import dev.lakehouse.dist.LauncherProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that fills up under a run, and one that was given more room. Needs the right to mount. */
@Tag("slow")
class TestDiskFull {
  @TempDir Path folder;
  private Path disk;
  private Path pipeline;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0,
        "skipped: this user may not mount a disk");
    DemoData data = DemoData.write(folder.resolve("data"), 7);
    pipeline = folder.resolve("pipeline.yaml");
    Files.writeString(
        pipeline,
        """
        sources:
          - {source: files, path: %s, name: pictures}
          - {source: files, path: %s, name: texts}
        settings:
          lakehouse.family.clip.bundle: shapes-clip
        """
            .formatted(data.manifest().resolveSibling("images"), data.texts()));
  }

  @AfterEach
  void unmount() throws Exception {
    command("umount", disk.toString());
  }

  private static int command(String... words) throws Exception {
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }

  @ParameterizedTest
  @CsvSource({"lakehouse.lake.blobs, 64k", "lakehouse.lake.index, 64k", "temp, 1m", "temp, 20m"})
  void endsWithAWordAndIsResumed(String what, String size) throws Exception {
    assertThat(command("mount", "-o", "remount,size=" + size, disk.toString())).isZero();

    Result full = run("lake", what);

    assertThat(full.exitCode()).as(full.err()).isEqualTo(5);
    List<String> lines = full.err().lines().toList();
    assertThat(lines.get(lines.size() - 1))
        .startsWith("lakehouse: ")
        .containsIgnoringCase("no space left on device")
        .containsIgnoringCase("repeat the command");
    assertThat(command("mount", "-o", "remount,size=2g", disk.toString())).isZero();
    Result resumed = run("lake", what);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(run("clean", "").exitCode()).isZero();
    assertThat(contents("clean", "").differences(contents("lake", what))).isEmpty();
  }

  private Result run(String lake, String onDisk) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of(
                "run",
                "--lake",
                folder.resolve(lake).toString(),
                "--pipeline",
                pipeline.toString()));
    if (onDisk.startsWith("lakehouse.")) {
      args.addAll(List.of("--set", onDisk + "=" + disk.resolve("part")));
    }
    Map<String, String> environment =
        onDisk.equals("temp") ? Map.of("LAKEHOUSE_TMP", disk.toString()) : Map.of();
    return LauncherProcess.in(folder).run(environment, args.toArray(String[]::new));
  }

  private LakeContents contents(String lake, String onDisk) {
    Settings settings =
        onDisk.startsWith("lakehouse.")
            ? Settings.defaults().orElse(Map.of(onDisk, disk.resolve("part").toString()), "test")
            : Settings.defaults();
    return LakeContentsReader.read(
        LakeLayout.of(folder.resolve(lake).toString(), settings), new Configuration());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Json;
import dev.lakehouse.dist.LauncherProcess.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar for spark-submit in a Spark that has nothing of ours: Delta, Lance, models and storage at
 * work through Spark's own class loader.
 */
@Tag("slow")
class TestSparkSubmit {
  @TempDir Path folder;

  @Test
  void everythingThatTheDoctorTriesWorks() throws Exception {
    Path sparkHome = SparkHome.assemble(folder);
    Result result =
        LauncherProcess.in(folder)
            .run(
                Map.of("SPARK_HOME", sparkHome.toString()),
                "doctor",
                "--json",
                "--lake",
                folder.resolve("my lake").toString(),
                "--set",
                "lakehouse.family.clip.bundle=shapes-clip");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<String> areas = Json.mapper().readTree(result.out()).findValuesAsText("area");
    assertThat(areas).contains("java", "spark", "storage", "models", "memory");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.dist.LauncherProcess.Result;
import dev.lakehouse.jobs.torture.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bucket of a real S3 server from its files to answers, by the launcher and the jars that it
 * brings, with keys that stand in a profile alone.
 */
class TestLakeOnS3 {
  private static final String BOAT =
      "The old boat lay on the beach for a whole winter, and nobody came to paint it or to take it"
          + " away before the spring tide carried it off.";

  @TempDir Path folder;

  @Test
  void filesOfABucketAreFoundInALakeOfTheBucket() throws Exception {
    try (S3Server s3 = S3Server.in(Files.createDirectories(folder.resolve("s3")))) {
      s3.put("in/boat.txt", BOAT);
      s3.put("in/a b+ü/copy.txt", BOAT);
      s3.put("in/broken.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});

      JsonNode first = json(s3, "run", s3.uri("in"), "--lake", s3.uri("lake"), "--json");
      assertThat(first.at("/status/states/published").asInt()).isEqualTo(1);
      assertThat(first.at("/status/states/duplicate").asInt()).isEqualTo(1);
      assertThat(first.at("/status/states/dead_letter").asInt()).isEqualTo(1);

      JsonNode found =
          json(s3, "search", "a ship nobody painted", "--lake", s3.uri("lake"), "--json");
      assertThat(found.at("/results/0/hits/0/uri").asText()).startsWith(s3.uri("in/"));
      JsonNode audit = json(s3, "audit", "--lake", s3.uri("lake"), "--json");
      assertThat(audit.get("clean").asBoolean()).isTrue();
      assertThat(audit.at("/audits/0/rows").asInt()).isEqualTo(1);

      JsonNode again = json(s3, "run", s3.uri("in"), "--lake", s3.uri("lake"), "--json");
      assertThat(again.at("/ingested/0/unchanged").asInt()).isEqualTo(3);
      assertThat(again.at("/ingested/0/unread").asInt()).isEqualTo(3); // by ETag
      assertThat(again.at("/embedded/text/computed").asInt()).isZero();
      assertThat(again.at("/published/outcome").asText()).isEqualTo("UNCHANGED");
    }
  }

  private JsonNode json(S3Server s3, String... command) throws Exception {
    List<String> arguments = new ArrayList<>(s3.settings());
    arguments.addAll(List.of(command));
    Result result = LauncherProcess.in(folder).run(s3.profile(), arguments.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return Json.mapper().readTree(result.out());
  }
}

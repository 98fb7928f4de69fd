// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.UserJar;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the README runs as it stands there. */
class TestReadmeExample {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @BeforeAll
  static void sessionOfTheTests() {
    SparkTest.session(); // the example gets it by getOrCreate
  }

  @Test
  void runsAndFindsWhatItTookIn() throws Exception {
    String readme = Files.readString(Path.of(System.getProperty("lakehouse.home"), "README.md"));
    Matcher block = JAVA.matcher(readme);
    assertThat(block.find()).isTrue();
    Path texts = Files.createDirectory(folder.resolve("texts"));
    Files.writeString(
        texts.resolve("harbour.txt"),
        "When it is dark the boats return to the harbour and unload their fish on the quay.");
    Files.writeString(
        texts.resolve("bread.txt"),
        "Mix the flour with water and salt, let the dough rest for an hour, and bake it.");

    Path jar = UserJar.of(folder, "Example", block.group(1));
    Path lake = folder.resolve("texts-lake");
    String said = run(jar, lake, texts);

    assertThat(said.lines().findFirst().orElse("")).contains("harbour.txt");
    aBarePathFindsTheLakeBesideIt(texts, lake);
  }

  private static void aBarePathFindsTheLakeBesideIt(Path texts, Path lake) throws Exception {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "run",
            texts.toString(),
            "--json");

    assertThat(exitCode).as(err.toString()).isZero();
    assertThat(err.toString()).contains(texts + " is a folder: every file in it (--source files)");
    JsonNode answer = Json.mapper().readTree(out.toString());
    assertThat(answer.at("/ingested/0/unchanged").asInt()).isEqualTo(2);
    assertThat(answer.at("/lake/uri").asText()).isEqualTo("file:" + lake);
    assertThat(answer.at("/lake/named_by").asText()).isEqualTo("beside " + texts);
  }

  private static String run(Path jar, Path lake, Path texts) throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {jar.toUri().toURL()}, TestReadmeExample.class.getClassLoader())) {
      System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
      loader
          .loadClass("Example")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {lake.toString(), texts.toString()});
    } finally {
      System.setOut(out);
    }
    return said.toString(StandardCharsets.UTF_8);
  }
}

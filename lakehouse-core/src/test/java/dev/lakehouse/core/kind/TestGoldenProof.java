// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.imports.ExportDirs;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.bundle.imports.Imported;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.ShapesClipGolden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden vectors of an export, made by PyTorch. */
class TestGoldenProof {
  @TempDir Path export;
  @TempDir Path models;

  @BeforeEach
  void clip() throws IOException {
    ExportDirs.clip(export, "image.onnx", "text.onnx");
    byte[] picture = ((EmbedInput.Bytes) ShapesClipGolden.images().get(0)).bytes();
    Files.write(Files.createDirectory(export.resolve("golden")).resolve("0.png"), picture);
  }

  @Test
  void vectorsOfBothTowersAreMet() throws IOException {
    golden(picture(ShapesClipGolden.imageVectors()[0]) + "," + text(0, 0));

    assertThat(bring().notes())
        .anyMatch(
            note ->
                note.matches(
                    "image tower: 1 golden vectors met, cosine at least 1.*|"
                        + "image tower: 1 golden vectors met, cosine at least 0.9999.*"))
        .anyMatch(note -> note.startsWith("text tower: 1 golden vectors met"));
  }

  @Test
  void anotherVectorRefusesTheImport() throws IOException {
    golden(text(0, 1));

    assertRefused("golden.json: the vector of text '", "is another one: cosine");
    assertThat(models.resolve("golden")).doesNotExist();
  }

  @Test
  void picturesPreparedOtherwiseAreFound() throws IOException {
    Files.writeString(
        export.resolve("preprocessor_config.json"),
        ExportDirs.CLIP_PREPROCESSOR.replace("0.48145466, 0.4578275, 0.40821073", "0, 0, 0"));
    golden(picture(ShapesClipGolden.imageVectors()[0]));

    assertRefused("the vector of image 'golden/0.png' is another one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"vectors\": [{\"text\": \"a\", \"vector\": [1, 2]}]} | has 2 numbers: expected 512",
        "{\"vectors\": [{\"image\": \"gone.png\", \"vector\": [1]}]} | gone.png, which the export has not",
        "{\"vectors\": [{\"image\": \"../x.png\", \"vector\": [1]}]} | never leaves the bundle",
        "{\"vectors\": [{\"text\": \"a\", \"vectro\": [1]}]} | has the keys [text, vectro]",
        "{\"vectors\": [{\"text\": \"a\", \"vector\": [0]}]} | has no direction",
        "{\"vectors\": []} | it has no vectors",
        "{\"min_cosine\": 0.1, \"vectors\": []} | min_cosine is 0.1",
        "[1, | golden.json"
      })
  void aFileThatSaysNothingIsRefused(String golden, String part) throws IOException {
    Files.writeString(export.resolve("golden.json"), golden);

    assertRefused(part);
  }

  @Test
  void anExportWithoutThemSaysSo() {
    assertThat(bring().notes()).anyMatch(note -> note.contains("no golden.json"));
  }

  private void golden(String items) throws IOException {
    Files.writeString(
        export.resolve("golden.json"),
        "{\"min_cosine\": 0.9999, \"vectors\": [%s]}".formatted(items));
  }

  private static String picture(float[] vector) {
    return "{\"image\": \"golden/0.png\", \"vector\": %s}".formatted(Arrays.toString(vector));
  }

  private static String text(int text, int vector) {
    return "{\"text\": \"%s\", \"vector\": %s}"
        .formatted(
            ((EmbedInput.Text) ShapesClipGolden.texts().get(text)).text(),
            Arrays.toString(ShapesClipGolden.textVectors()[vector]));
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(this::bring)
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID))
        .message()
        .contains(parts);
  }

  private Imported bring() {
    return ModelImport.run(
        ImportRequest.of(export.toString()).named("golden"),
        ModelsRoot.at(models.toString()),
        Limits.from(Settings.defaults()));
  }
}

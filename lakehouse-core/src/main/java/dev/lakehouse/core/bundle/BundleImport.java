// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.LakehouseException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a bundle of an ONNX export of Hugging Face: one {@code model.onnx} for sentences or for
 * both towers, or a pair for pictures and texts, with {@code tokenizer.json} and {@code
 * preprocessor_config.json}.
 *
 * <p>What the bundle says is what the networks do: each is run once, and its output chosen by the
 * shapes that come out. The same networks in other number formats, beside them under the names that
 * exporters give them, are compared with them and become variants.
 */
public final class BundleImport {
  private final ExportFolder export;
  private final Path staging;

  private BundleImport(ExportFolder export, Path staging) {
    this.export = export;
    this.staging = staging;
  }

  /**
   * Imports an export into a models folder. Importing the same again changes nothing; importing it
   * with a further number format adds that.
   *
   * @throws LakehouseException if the export cannot be understood, or another model has the name
   */
  public static ModelBundle run(ImportRequest request, ModelsRoot models) {
    BundleFiles source = BundleFiles.at(request.source(), request.hadoop());
    try {
      Path staging = JvmFolder.newFolder("import");
      try {
        return new BundleImport(new ExportFolder(source), staging).run(request, source, models);
      } finally {
        JvmFolder.delete(staging);
      }
    } catch (IllegalArgumentException e) {
      throw LakehouseException.because(
          e, ErrorCode.MODEL_INVALID, "Cannot import %s: %s", source.place(), e.getMessage());
    } catch (FileNotFoundException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.MODEL_INVALID,
          "Cannot import %s: it has no %s",
          source.place(),
          e.getMessage());
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot import %s: %s", source.place(), e.getMessage());
    }
  }

  private ModelBundle run(ImportRequest request, BundleFiles source, ModelsRoot models)
      throws IOException {
    ModelYaml.Towers towers = towers();
    ModelYaml yaml =
        new ModelYaml(
            request.bundleName(),
            "imported",
            towers.image() == null ? "text" : "clip",
            request.licence().or(() -> licence()).orElse("unstated"),
            "Imported from " + source.place(),
            towers,
            Map.of());
    return BundleWriter.write(yaml, staging, models);
  }

  private ModelYaml.Towers towers() throws IOException {
    Optional<String> image = export.image();
    Optional<String> text = export.text();
    if (image.isPresent() && text.isPresent()) {
      return pair(copy(image.get()), copy(text.get()));
    }
    Optional<String> one = export.one();
    if (one.isEmpty()) {
      throw export.nothingToImport();
    }
    StagedNetwork network = copy(one.get());
    if (network.takes(Input.PIXELS) && network.takes(Input.TOKEN_IDS)) {
      return pair(network, network);
    }
    Checks.check(
        network.takes(Input.TOKEN_IDS),
        "%s reads no text (inputs %s): expected a sentence model, or both towers of a model like"
            + " CLIP",
        network.file(),
        network.inputs().keySet());
    TextTower tower = textTower(network, Map.of());
    return new ModelYaml.Towers(null, tower.with(withVariants(tower, network)));
  }

  private StagedNetwork copy(String path) throws IOException {
    return StagedNetwork.copy(export, path, staging);
  }

  private ModelYaml.Towers pair(StagedNetwork pictures, StagedNetwork texts) throws IOException {
    ImagePreprocessing how =
        PreprocessorConfig.read(
            export.requireJson("preprocessor_config.json", "says how pictures are prepared"));
    ImageTower image = imageTower(pictures, how, idle(pictures, Tower.IMAGE, how));
    TextTower text = textTower(texts, idle(texts, Tower.TEXT, how));
    requireOneSpace(image.graph(), text.graph());
    return new ModelYaml.Towers(
        image.with(withVariants(image, pictures)), text.with(withVariants(text, texts)));
  }

  /** Constants for the inputs of the other tower, where one network holds both. */
  private static Map<String, List<Long>> idle(
      StagedNetwork network, String tower, ImagePreprocessing how) {
    Map<String, List<Long>> shapes = new HashMap<>();
    for (Map.Entry<String, Input> input : network.inputs().entrySet()) {
      boolean pixels = input.getValue() == Input.PIXELS;
      if (pixels && tower.equals(Tower.TEXT)) {
        shapes.put(input.getKey(), List.of(1L, 3L, (long) how.height(), (long) how.width()));
      } else if (!pixels && tower.equals(Tower.IMAGE)) {
        shapes.put(input.getKey(), List.of(1L, 2L));
      }
    }
    return shapes;
  }

  private ImageTower imageTower(
      StagedNetwork network, ImagePreprocessing how, Map<String, List<Long>> idle) {
    OutputChoice choice = TowerProbe.pictures(network, idle, how);
    return new ImageTower(graph(network, idle, choice), how);
  }

  /** The tower's network with those that lie beside it in other number formats. */
  private Graph withVariants(Tower tower, StagedNetwork own) throws IOException {
    Map<Precision, String> files = export.variants(own.origin());
    files.remove(own.precision());
    if (files.isEmpty()) {
      return tower.graph();
    }
    VariantProbe probe = VariantProbe.of(tower, staging);
    List<Variant> variants = new ArrayList<>();
    for (Map.Entry<Precision, String> file : files.entrySet()) {
      variants.add(variant(probe, file.getKey(), file.getValue()));
    }
    return tower.graph().withVariants(variants);
  }

  private Variant variant(VariantProbe probe, Precision precision, String path) throws IOException {
    if (!path.endsWith(TorchArchive.ENDING)) {
      return probe.examine(copy(path), precision);
    }
    String file = path.substring(path.lastIndexOf('/') + 1);
    String sha256 = StagedNetwork.copyFile(export.files(), path, staging.resolve(file));
    TorchArchive.require(staging.resolve(file));
    return probe.examine(new Content(file, sha256), precision);
  }

  private TextTower textTower(StagedNetwork network, Map<String, List<Long>> idle)
      throws IOException {
    export.requireJson(TokenizerConfig.FILE, "says how texts are cut into tokens");
    String sha256 =
        StagedNetwork.copyFile(
            export.files(), TokenizerConfig.FILE, staging.resolve(TokenizerConfig.FILE));
    TokenizerSpec tokenizer =
        TokenizerConfig.read(export, sha256, network.takes(Input.ATTENTION_MASK));
    OutputChoice choice = TowerProbe.texts(network, idle, tokenizer, pooling());
    return new TextTower(graph(network, idle, choice), tokenizer);
  }

  private static Graph graph(
      StagedNetwork network, Map<String, List<Long>> idle, OutputChoice choice) {
    return new Graph(
        network.file(),
        network.sha256(),
        network.external(),
        "onnx",
        network.precision(),
        network.inputs(),
        idle,
        choice.output(),
        choice.pooling(),
        choice.dimension(),
        "l2",
        List.of());
  }

  /** The pooling that sentence-transformers wrote down; the mean where it wrote nothing. */
  private Pooling pooling() throws IOException {
    Optional<JsonNode> config = export.json("1_Pooling/config.json");
    if (config.isEmpty() || config.get().path("pooling_mode_mean_tokens").asBoolean(false)) {
      return Pooling.MEAN;
    }
    Checks.check(
        config.get().path("pooling_mode_cls_token").asBoolean(false),
        "1_Pooling/config.json %s: expected pooling by mean or by class token",
        config.get());
    return Pooling.FIRST;
  }

  /** Looks at the widths: outputs before a projection are not one space, whatever their names. */
  private void requireOneSpace(Graph image, Graph text) throws IOException {
    int projected = export.json("config.json").map(c -> c.path("projection_dim").asInt()).orElse(0);
    boolean same = image.dimension() == text.dimension();
    Checks.check(
        same && (projected == 0 || projected == image.dimension()),
        "%s of %s has width %d and %s of %s has width %d%s: not one space. Export both towers with"
            + " their projections (CLIPVisionModelWithProjection, CLIPTextModelWithProjection)",
        image.output(),
        image.file(),
        image.dimension(),
        text.output(),
        text.file(),
        text.dimension(),
        projected == 0 ? "" : ", but config.json says projection_dim " + projected);
  }

  private Optional<String> licence() {
    return ModelCard.licence(export.files());
  }
}

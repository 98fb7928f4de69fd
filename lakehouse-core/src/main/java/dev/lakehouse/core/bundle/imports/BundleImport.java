// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.BundleFiles;
import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.Graph;
import dev.lakehouse.core.bundle.description.ImagePreprocessing;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelYaml;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.PinnedFile;
import dev.lakehouse.core.bundle.description.Pooling;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.TokenizerSpec;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.description.Variant;
import dev.lakehouse.core.bundle.engine.TorchArchive;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes a bundle of an ONNX export of Hugging Face: one {@code model.onnx} for sentences, for
 * pictures or for both towers, or a pair for pictures and texts, with {@code tokenizer.json} and
 * {@code preprocessor_config.json}.
 *
 * <p>What the bundle says is what the networks do: each is run once, and its output chosen by the
 * shapes that come out. The same networks in other number formats, beside them under the names that
 * exporters give them, are compared with them and become variants.
 */
public final class BundleImport {
  private final ExportFolder export;
  private final Path staging;
  private final ImportNotes notes = new ImportNotes();

  private BundleImport(ExportFolder export, Path staging) {
    this.export = export;
    this.staging = staging;
  }

  /**
   * As the other, with a proof of its vectors before anything is written, and what it took for
   * granted.
   *
   * @throws LakehouseException as the other, or because of the proof
   */
  public static Imported prove(ImportRequest request, ModelsRoot models, BundleProof proof) {
    ModelYaml.requireName(request.bundleName());
    BundleFiles source = BundleFiles.at(request.source(), request.hadoop());
    try {
      Path folder = JvmFolder.newFolder("import");
      try {
        Path staging = Files.createDirectory(folder.resolve(request.bundleName()));
        BundleImport work = new BundleImport(new ExportFolder(source), staging);
        ModelYaml yaml = work.describe(request, source);
        Files.writeString(staging.resolve(BundleFiles.MODEL_YAML), yaml.text(), UTF_8);
        proof
            .of(new StagedBundle(yaml.name(), ModelsRoot.at(folder.toString()), source))
            .forEach(line -> work.notes.add("%s", line));
        return new Imported(BundleWriter.write(yaml, staging, models), work.notes.lines());
      } finally {
        JvmFolder.delete(folder);
      }
    } catch (IllegalArgumentException e) {
      throw LakehouseException.because(
          e, ErrorCode.MODEL_INVALID, "Cannot import %s: %s", source.place(), e.getMessage());
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.MODEL_INVALID,
          "Cannot import %s: expected the folder of an export, but %s. Name the folder that"
              + " 'optimum-cli export onnx' wrote",
          source.place(),
          Hindrance.words(e));
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

  /**
   * Imports an export into a models folder. Importing the same again changes nothing; importing it
   * with a further number format adds that.
   *
   * @throws LakehouseException if the export cannot be understood, or another model has the name
   */
  public static ModelBundle run(ImportRequest request, ModelsRoot models) {
    return prove(request, models, staged -> List.of()).bundle();
  }

  private ModelYaml describe(ImportRequest request, BundleFiles source) throws IOException {
    List<Tower> towers = towers();
    return new ModelYaml(
        request.bundleName(),
        "imported",
        towers.size() == 1 ? towers.get(0).name() : "clip",
        request.licence().or(() -> licence()).orElse("unstated"),
        "Imported from " + source.place(),
        towers.stream().collect(Collectors.toMap(Tower::name, tower -> tower)),
        Map.of());
  }

  private List<Tower> towers() throws IOException {
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
    if (network.takes(Input.PIXELS)) {
      ImagePreprocessing how = preprocessing();
      Tower tower = imageTower(network, how, Map.of());
      BatchProof.require(tower, network, staging);
      return List.of(tower.with(withVariants(tower, network)));
    }
    Checks.check(
        network.takes(Input.TOKEN_IDS),
        "%s reads no text (inputs %s): expected a sentence model, one for pictures, or both towers of a model like"
            + " CLIP",
        network.file(),
        network.inputs().keySet());
    Tower tower = textTower(network, Map.of(), OutputChoice.SENTENCES);
    BatchProof.require(tower, network, staging);
    return List.of(tower.with(withVariants(tower, network)));
  }

  private StagedNetwork copy(String path) throws IOException {
    return StagedNetwork.copy(export, path, staging);
  }

  private List<Tower> pair(StagedNetwork pictures, StagedNetwork texts) throws IOException {
    ImagePreprocessing how = preprocessing();
    Tower image = imageTower(pictures, how, idle(pictures, Tower.IMAGE, how));
    Tower text =
        padded(textTower(texts, idle(texts, Tower.TEXT, how), OutputChoice.CAPTIONS), texts);
    OneSpace.require(image.graph(), text.graph(), export);
    BatchProof.require(image, pictures, staging);
    BatchProof.require(text, texts, staging);
    return List.of(image.with(withVariants(image, pictures)), text.with(withVariants(text, texts)));
  }

  private ImagePreprocessing preprocessing() throws IOException {
    return PreprocessorConfig.read(
        export.requireJson(PreprocessorConfig.FILE, "says how pictures are prepared"), notes);
  }

  /** Towers beside pictures that have no mask are trained with texts of one length. */
  private Tower padded(Tower text, StagedNetwork network) {
    if (network.takes(Input.ATTENTION_MASK)
        || text.requireTokenizer().padTo() > 0
        || BatchProof.holds(text, network, staging)) {
      return text;
    }
    TokenizerSpec tokenizer = text.requireTokenizer().padded();
    notes.add(
        "%s has no attention_mask and reads padding: every text is padded to %d tokens. If the model"
            + " was trained with another length, write it into tokenizer.json (padding, strategy,"
            + " Fixed) and import it under another name",
        network.file(), tokenizer.padTo());
    return Tower.ofTexts(text.graph(), tokenizer);
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

  private Tower imageTower(
      StagedNetwork network, ImagePreprocessing how, Map<String, List<Long>> idle) {
    OutputChoice choice = TowerProbe.pictures(network, idle, how);
    Pooling pooling = choice.positions() ? Pooling.MEAN : Pooling.NONE;
    SentenceSteps steps = new SentenceSteps(pooling, List.of(), choice.width());
    return Tower.ofPictures(graph(network, idle, choice.output(), steps), how);
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
    return probe.examine(new PinnedFile(file, sha256), precision);
  }

  private Tower textTower(
      StagedNetwork network, Map<String, List<Long>> idle, List<String> preferred)
      throws IOException {
    export.requireJson(TokenizerConfig.FILE, "says how texts are cut into tokens");
    String sha256 =
        StagedNetwork.copyFile(
            export.files(), TokenizerConfig.FILE, staging.resolve(TokenizerConfig.FILE));
    SentenceModules modules = SentenceModules.read(export);
    Prompts prompts = Prompts.read(export, modules, notes);
    TokenizerSpec tokenizer =
        TokenizerConfig.read(export, sha256, network, modules.transformer(), prompts, notes);
    OutputChoice choice = TowerProbe.texts(network, idle, tokenizer, preferred);
    SentenceSteps steps = SentenceSteps.of(choice, modules, export, staging, notes);
    return Tower.ofTexts(graph(network, idle, choice.output(), steps), tokenizer);
  }

  private static Graph graph(
      StagedNetwork network, Map<String, List<Long>> idle, String output, SentenceSteps steps) {
    return new Graph(
        network.file(),
        network.sha256(),
        network.external(),
        Graph.ONNX,
        network.precision(),
        network.inputs(),
        idle,
        output,
        steps.pooling(),
        steps.dimension(),
        "l2",
        steps.dense(),
        List.of());
  }

  private Optional<String> licence() {
    return ModelCard.licence(export.files());
  }
}

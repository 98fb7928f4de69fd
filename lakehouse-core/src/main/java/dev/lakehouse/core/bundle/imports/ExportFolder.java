// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.BundleFiles;
import dev.lakehouse.core.bundle.description.Precision;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Hugging Face's exporters leave behind: networks, a tokenizer, and files that explain. */
final class ExportFolder {
  private static final List<String> IMAGE = List.of("vision_model.onnx", "image.onnx");
  private static final List<String> TEXT = List.of("text_model.onnx", "text.onnx");
  private static final List<String> ONE = List.of("model.onnx");
  private static final List<String> FOLDERS = List.of("", "onnx/");
  private static final String NETWORK = ".onnx";

  /** How exporters name the same network in another number format, the first that is there. */
  private static final Map<Precision, List<String>> VARIANTS =
      Map.of(
          Precision.BF16, List.of("_bf16.onnx", "_bf16.pt"),
          Precision.FP16, List.of("_fp16.onnx"),
          Precision.INT8, List.of("_int8.onnx", "_quantized.onnx"));

  private final BundleFiles files;

  ExportFolder(BundleFiles files) {
    this.files = files;
  }

  BundleFiles files() {
    return files;
  }

  /** The network of the image tower alone. */
  Optional<String> image() throws IOException {
    return first(IMAGE);
  }

  /** The network of the text tower alone. */
  Optional<String> text() throws IOException {
    return first(TEXT);
  }

  /** The only network. */
  Optional<String> one() throws IOException {
    return first(ONE);
  }

  /** The same network in other number formats, by precision. */
  Map<Precision, String> variants(String network) throws IOException {
    String stem = network.substring(0, network.length() - NETWORK.length());
    Map<Precision, String> found = new EnumMap<>(Precision.class);
    for (Map.Entry<Precision, List<String>> endings : VARIANTS.entrySet()) {
      for (String ending : endings.getValue()) {
        if (!found.containsKey(endings.getKey()) && has(stem + ending)) {
          found.put(endings.getKey(), stem + ending);
        }
      }
    }
    return found;
  }

  private Optional<String> first(List<String> names) throws IOException {
    for (String folder : FOLDERS) {
      for (String name : names) {
        if (has(folder + name)) {
          return Optional.of(folder + name);
        }
      }
    }
    return Optional.empty();
  }

  boolean has(String file) throws IOException {
    try (InputStream in = files.open(file)) {
      return true;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** A JSON file, if the export has it. */
  Optional<JsonNode> json(String file) throws IOException {
    try (InputStream in = files.open(file)) {
      return Optional.of(Json.mapper().readTree(in));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.MODEL_INVALID,
          "Cannot read %s/%s: %s",
          files.place(),
          file,
          e.getOriginalMessage());
    }
  }

  /** A JSON file that the export must have. */
  JsonNode requireJson(String file, String why) throws IOException {
    return json(file)
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.MODEL_INVALID,
                    "Cannot import %s: it has no %s, which %s. Copy it from the model's repository",
                    files.place(),
                    file,
                    why));
  }

  /** Says what was looked for, what is there, and what to do about it. */
  LakehouseException nothingToImport() throws IOException {
    List<String> names = files.names();
    boolean pickles =
        names.stream().anyMatch(name -> name.matches(".*\\.(bin|pt|pth|pkl|ckpt|safetensors)"));
    return LakehouseException.of(
        ErrorCode.MODEL_INVALID,
        "Cannot import %s: expected model.onnx, or vision_model.onnx and text_model.onnx, there or"
            + " in onnx/, but found %s. %s",
        files.place(),
        names.isEmpty() ? "an empty folder" : names,
        pickles
            ? "Pickles can run code and are refused: export the model with 'optimum-cli export onnx'"
            : "Name the folder that 'optimum-cli export onnx' wrote");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import dev.lakehouse.core.bundle.description.BundleFiles;
import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.PinnedFile;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.engine.ExternalData;
import dev.lakehouse.core.bundle.engine.OnnxHeader;
import dev.lakehouse.core.bundle.engine.OnnxInput;
import dev.lakehouse.core.bundle.engine.VerifiedFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network of an export, copied with its weights to a folder of ours and looked into.
 *
 * @param origin path of the network in the export
 * @param folder where the copies are
 * @param file name of the network there
 * @param sha256 digest of the network
 * @param external files of weights beside it
 * @param inputs what each input holds, by name
 * @param header what it says about itself
 */
record StagedNetwork(
    String origin,
    Path folder,
    String file,
    String sha256,
    List<PinnedFile> external,
    Map<String, Input> inputs,
    OnnxHeader header) {

  /**
   * Copies a network.
   *
   * @param path of the network in the export
   */
  static StagedNetwork copy(ExportFolder export, String path, Path folder) throws IOException {
    String beside = path.substring(0, path.lastIndexOf('/') + 1);
    String file = path.substring(beside.length());
    String sha256 = copyFile(export.files(), path, folder.resolve(file));
    OnnxHeader header = OnnxHeader.read(folder.resolve(file));
    List<PinnedFile> external = new ArrayList<>();
    for (String location : header.external()) {
      ExternalData.requirePlain(export.files().place(), file, location);
      Path target = folder.resolve(location);
      Files.createDirectories(target.getParent());
      external.add(new PinnedFile(location, copyFile(export.files(), beside + location, target)));
    }
    return new StagedNetwork(path, folder, file, sha256, external, roles(file, header), header);
  }

  /** Copies a file and says what its bytes are. */
  static String copyFile(BundleFiles from, String file, Path target) throws IOException {
    try (OutputStream out = Files.newOutputStream(target)) {
      return VerifiedFiles.transfer(from, file, out);
    }
  }

  private static Map<String, Input> roles(String file, OnnxHeader header) {
    Map<String, Input> roles = new LinkedHashMap<>();
    for (OnnxInput input : header.inputs()) {
      Input role =
          Input.named(input.name())
              .or(() -> onlyPictures(input, header))
              .orElseThrow(() -> unknown(file, input, header));
      input.requireTaken(file, role);
      requireManyItems(file, input);
      roles.put(input.name(), role);
    }
    return roles;
  }

  /**
   * What else than pictures has three channels: a network of one such input needs no name for it.
   */
  private static Optional<Input> onlyPictures(OnnxInput input, OnnxHeader header) {
    boolean pictures =
        header.inputs().size() == 1 && input.lengths().size() == 4 && input.fixed(1).orElse(0) == 3;
    return pictures ? Optional.of(Input.PIXELS) : Optional.empty();
  }

  private static IllegalArgumentException unknown(String file, OnnxInput input, OnnxHeader header) {
    return new IllegalArgumentException(
        "input '%s' of %s is unknown (inputs %s, outputs %s): expected pixel_values, input_ids,"
                .formatted(
                    input.name(),
                    file,
                    header.inputs().stream().map(OnnxInput::name).toList(),
                    header.outputs())
            + " attention_mask, token_type_ids, position_ids. Export the encoder alone");
  }

  private static void requireManyItems(String file, OnnxInput input) {
    Checks.check(
        input.fixed(0).isEmpty(),
        "input %s of %s is made for %s items at once: expected any number. Export the network with"
            + " a dynamic batch axis",
        input,
        file,
        input.lengths().isEmpty() ? "no" : input.lengths().get(0));
  }

  /** How an input is declared, if the network has it. */
  Optional<OnnxInput> declared(Input role) {
    return header.inputs().stream().filter(input -> inputs.get(input.name()) == role).findFirst();
  }

  /** The format of most weights. */
  Precision precision() {
    return header.precision();
  }

  boolean takes(Input input) {
    return inputs.containsValue(input);
  }
}

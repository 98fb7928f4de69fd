// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.bundle.description.FileCheck;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.description.Variant;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.bundle.imports.Imported;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.kind.ModelImport;
import dev.lakehouse.jobs.command.terminal.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code model}: the bundles that embed and search can use. */
@Command(
    name = "model",
    header = "Import, list, show and verify model bundles.",
    description = {
      "",
      "A bundle is a folder with model.yaml and the files that it names, each with its SHA-256.",
      "Bundles are kept in the models folder of the lake, or in lakehouse.models. Two are embedded:",
      "minilm (texts) and shapes-clip (drawn shapes and texts about them, for the demo).",
      ""
    },
    footer = {"", "Example:", "  lakehouse model list --lake ./lake"},
    subcommands = {
      ModelCommand.Import.class,
      ModelCommand.ListBundles.class,
      ModelCommand.Show.class,
      ModelCommand.Verify.class,
    })
final class ModelCommand extends CommandGroup {

  private static Map<String, Object> facts(ModelBundle bundle) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", bundle.name());
    facts.put("version", bundle.version());
    facts.put("family", bundle.family());
    facts.put("dimension", bundle.dimension());
    facts.put("towers", bundle.towerNames());
    facts.put("precisions", precisions(bundle));
    facts.put("licence", bundle.licence());
    facts.put("digest", bundle.digest());
    facts.put("place", bundle.place());
    return facts;
  }

  /** What each tower can be run in, its own network first. */
  private static Map<String, List<String>> precisions(ModelBundle bundle) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    bundle
        .towers()
        .forEach(
            tower ->
                words.put(
                    tower.name(),
                    tower.graph().precisions().stream().map(Precision::word).toList()));
    return words;
  }

  /** The same as people read it: once, where all towers are alike. */
  private static String inWords(Map<String, List<String>> precisions) {
    List<String> each =
        precisions.entrySet().stream()
            .map(tower -> tower.getKey() + " " + String.join(",", tower.getValue()))
            .toList();
    boolean alike = precisions.values().stream().distinct().count() == 1;
    return alike ? each.get(0).replaceFirst(".* ", "") : String.join("; ", each);
  }

  /** How near the further networks of a bundle are to its own. */
  private static List<String> variants(ModelBundle bundle) {
    List<String> lines = new ArrayList<>();
    for (Tower tower : bundle.towers()) {
      for (Variant variant : tower.graph().variants()) {
        lines.add(
            "%s tower in %s: %s"
                .formatted(
                    tower.name(),
                    variant.precision().word(),
                    variant
                        .cosine()
                        .map(
                            cosine ->
                                String.format(
                                    Locale.ROOT,
                                    "cosine to %s at least %.6f",
                                    tower.graph().precision().word(),
                                    cosine))
                        .orElse("not tried, since this processor has no kernels for it")));
      }
    }
    return lines;
  }

  /** {@code model import}. */
  @Command(
      name = "import",
      header = "Make a bundle of a Hugging Face ONNX export.",
      description = {
        "",
        "The folder holds model.onnx, or vision_model.onnx and text_model.onnx, with tokenizer.json",
        "for texts and preprocessor_config.json for pictures. Each network is run to see what it",
        "gives, alone and in a batch; what cannot be interpreted is refused. A golden.json beside",
        "them has vectors that must be met. Importing the same again changes nothing.",
        "Beside them may lie the same networks in other number formats: …_fp16.onnx, …_bf16.onnx,",
        "…_int8.onnx or …_quantized.onnx. They may also be added later, by importing again.",
        "Which commands export CLIP: docs/models.md.",
        ""
      },
      footer = {
        "",
        "Example:",
        "  lakehouse model import ./clip-vit-b32 --name clip-vit-b32 --licence MIT --lake ./lake"
      })
  @NeedsNoSpark
  static final class Import extends LakehouseCommand {
    @Parameters(paramLabel = "DIR_OR_URI", description = "Folder of the export.")
    private String source = "";

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "Name of the bundle. Default: that of the folder.")
    private Optional<String> name = Optional.empty();

    @Option(
        names = "--licence",
        paramLabel = "SPDX",
        description = "Licence of the weights. Default: what the model card states.")
    private Optional<String> licence = Optional.empty();

    @Override
    Report report() {
      Map<String, String> hadoop = common.hadoop();
      Imported imported =
          ModelImport.run(
              new ImportRequest(source, hadoop, name, licence),
              common.ownModels(hadoop),
              Limits.from(common.settings()));
      ModelBundle bundle = imported.bundle();
      List<String> lines = new ArrayList<>();
      lines.add("imported " + bundle);
      lines.addAll(variants(bundle));
      imported.notes().forEach(note -> lines.add("note: " + note));
      lines.add(
          "use it: --set %s=%s".formatted(Setting.family(bundle.family()).key(), bundle.name()));
      Map<String, Object> json = facts(bundle);
      json.put("notes", imported.notes());
      return Report.of(json, lines);
    }
  }

  /** {@code model list}. */
  @Command(
      name = "list",
      header = "List the bundles that can be used.",
      footer = {"", "Example:", "  lakehouse model list --lake ./lake"})
  @NeedsNoSpark
  static final class ListBundles extends LakehouseCommand {
    @Override
    Report report() {
      ModelsRoot root = common.models(common.hadoop());
      List<Map<String, Object>> found = new ArrayList<>();
      List<String> lines = new ArrayList<>();
      for (String name : Bundles.names(root)) {
        ModelBundle bundle = Bundles.resolve(name, root);
        found.add(facts(bundle));
        lines.add(
            "%-24s %-5s %4d  %-10s %-14s %s"
                .formatted(
                    name,
                    bundle.family(),
                    bundle.dimension(),
                    bundle.digest().substring(0, 8),
                    inWords(precisions(bundle)),
                    bundle.place()));
      }
      return Report.of(Map.of("models", found), lines);
    }
  }

  /** {@code model show}. */
  @Command(
      name = "show",
      header = "Show what a bundle says about itself.",
      footer = {"", "Example:", "  lakehouse model show minilm"})
  @NeedsNoSpark
  static final class Show extends LakehouseCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the bundle.")
    private String name = "";

    @Override
    Report report() {
      ModelBundle bundle = Bundles.resolve(name, common.models(common.hadoop()));
      Map<String, Object> json = facts(bundle);
      json.put("description", bundle.description());
      json.put("metrics", bundle.metrics());
      json.put("files", bundle.contents());
      List<String> lines = new ArrayList<>();
      lines.add("# %s, digest %s".formatted(bundle.place(), bundle.digest()));
      bundle.describe().lines().forEach(lines::add);
      return Report.of(json, lines);
    }
  }

  /** {@code model verify}. */
  @Command(
      name = "verify",
      header = "Read every byte of a bundle and compare it with its digests.",
      description = {"", "Exit 6 if a file differs or is gone.", ""},
      footer = {"", "Example:", "  lakehouse model verify clip-vit-base-patch32 --lake ./lake"})
  @NeedsNoSpark
  static final class Verify extends LakehouseCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the bundle.")
    private String name = "";

    @Override
    Report report() {
      List<FileCheck> checks =
          Bundles.verify(Bundles.resolve(name, common.models(common.hadoop())));
      boolean intact = checks.stream().allMatch(FileCheck::intact);
      List<String> lines = new ArrayList<>();
      for (FileCheck check : checks) {
        lines.add(
            check.intact()
                ? "ok      %s".formatted(check.file())
                : "BROKEN  %s: expected %s but found %s"
                    .formatted(check.file(), check.expected(), check.found()));
      }
      lines.add(intact ? "Every file is what the bundle says." : "Import the model again.");
      return new Report(json(intact, checks), lines, intact ? 0 : ErrorCode.INTEGRITY.exitCode());
    }

    private Map<String, Object> json(boolean intact, List<FileCheck> checks) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", name);
      json.put("intact", intact);
      json.put("files", checks.stream().map(Verify::json).toList());
      return json;
    }

    private static Map<String, Object> json(FileCheck check) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("file", check.file());
      json.put("intact", check.intact());
      json.put("expected", check.expected());
      json.put("found", check.found());
      return json;
    }
  }
}

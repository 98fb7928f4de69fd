// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.option;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.lake.LakeLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that all commands take, and the settings that they amount to. */
public final class CommonOptions {
  private static final String HADOOP = "spark.hadoop.";

  @Option(
      names = "--lake",
      paramLabel = "URI",
      description =
          "Root of the lake: a folder or a URI. Default: setting lakehouse.lake, which lakehouse.yaml"
              + " in this folder or above may hold; else a lake that lies around.")
  private Optional<String> lake = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings file: YAML, or key=value lines (see conf/lakehouse-defaults.conf).")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting; may be repeated. Wins over environment, Spark and file.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--json",
      description = "Print exactly one JSON document on standard output (see docs/json.md).")
  private boolean json;

  @Option(
      names = "--verbose",
      description = "Show the stack trace of a failure, and more of the log.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  private final Map<String, Map<String, String>> own = new LinkedHashMap<>(); // by option
  private Map<String, String> pipeline = Map.of();
  private String pipelineOrigin = "";
  private final Map<String, String> standIn = new LinkedHashMap<>();
  private String standInOrigin = "";
  private final Surroundings surroundings = Surroundings.ofProcess();
  private Optional<Path> besides = Optional.empty();

  public boolean json() {
    return json;
  }

  public boolean verbose() {
    return verbose;
  }

  /** Takes a setting that a command has an option of its own for. */
  void choose(Setting setting, String value, String option) {
    own.put(option, Map.of(setting.key(), value));
  }

  /** Takes settings of a pipeline file, which win over those of {@code --config}. */
  public void pipeline(Map<String, String> settings, Path file) {
    pipeline = settings;
    pipelineOrigin = file.toString();
  }

  /** Takes the lake beside a source, where nobody names another. */
  public void beside(Path source) {
    besides = Optional.of(source.toAbsolutePath().normalize());
  }

  /**
   * A lake and settings of a command that works without being told any; weaker than all options.
   */
  public void standIn(String place, Map<String, String> settings, String origin) {
    standIn.putAll(settings);
    standIn.put(Setting.LAKE.key(), place);
    standInOrigin = origin;
  }

  /** The effective settings, in the precedence of the contract. */
  public Settings settings() {
    Settings settings = Settings.defaults();
    for (Map.Entry<String, Map<String, String>> option : own.entrySet()) {
      settings = settings.orElse(option.getValue(), option.getKey());
    }
    settings =
        settings
            .orElse(set, "--set")
            .orElse(lake.map(uri -> Map.of(Setting.LAKE.key(), uri)).orElse(Map.of()), "--lake")
            .orElseEnvironment(System.getenv())
            .orElseSpark(sparkProperties())
            .orElse(pipeline, pipelineOrigin);
    settings = config.map(settings::orElseFile).orElse(settings).orElse(standIn, standInOrigin);
    return surrounded(settings).requireNumbers();
  }

  /** With what the folder says that the command was called in; a source's own one comes second. */
  private Settings surrounded(Settings settings) {
    Settings found =
        surroundings
            .file()
            .or(() -> besides.flatMap(source -> new Surroundings(source).file()))
            .map(file -> settings.orElse(Surroundings.settings(file), file.toString()))
            .orElse(settings);
    if (found.isSet(Setting.LAKE)) {
      return found;
    }
    return besides
        .map(source -> new Surroundings.Found(Surroundings.beside(source), "beside " + source))
        .or(surroundings::lake)
        .map(lake -> found.orElse(Map.of(Setting.LAKE.key(), lake.place().toString()), lake.why()))
        .orElse(found);
  }

  /** Which lake it is and why, if there is one. */
  public Optional<Settings.Effective> whichLake() {
    return settings()
        .effective(Setting.LAKE)
        .map(lake -> new Settings.Effective(LakeLayout.uri(lake.value()), lake.origin()));
  }

  /** The root of the lake. */
  public String lake() {
    return settings().find(Setting.LAKE).orElseThrow(surroundings::undecided);
  }

  /** Where the bundles are beside the embedded ones; without a lake only those are found. */
  public ModelsRoot models(Map<String, String> hadoop) {
    return findModels(hadoop).orElseGet(() -> ModelsRoot.at("models"));
  }

  /** Where a bundle can be kept. */
  public ModelsRoot ownModels(Map<String, String> hadoop) {
    return findModels(hadoop)
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.CONFIG_INVALID,
                    "Nowhere to keep the model: give --lake URI, or --set %s=URI",
                    Setting.MODELS.key()));
  }

  private Optional<ModelsRoot> findModels(Map<String, String> hadoop) {
    Settings settings = settings();
    boolean known =
        settings.find(Setting.MODELS).isPresent() || settings.find(Setting.LAKE).isPresent();
    String lake = settings.find(Setting.LAKE).orElse(".");
    return known
        ? Optional.of(new ModelsRoot(LakeLayout.of(lake, settings).modelsUri(), hadoop))
        : Optional.empty();
  }

  /** Storage settings of a process without Spark: what {@code spark.hadoop.…} says. */
  public Map<String, String> hadoop() {
    Map<String, String> found = new LinkedHashMap<>();
    sparkProperties()
        .forEach(
            (key, value) -> {
              if (key.startsWith(HADOOP)) {
                found.put(key.substring(HADOOP.length()), value);
              }
            });
    return found;
  }

  /** spark-submit and the launcher both hand {@code --conf} over as system properties. */
  private static Map<String, String> sparkProperties() {
    Map<String, String> found = new LinkedHashMap<>();
    System.getProperties()
        .forEach((key, value) -> found.put(String.valueOf(key), String.valueOf(value)));
    return found;
  }
}

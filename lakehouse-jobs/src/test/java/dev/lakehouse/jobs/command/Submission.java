// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What a file makes a platform start.
 *
 * @param where the file, and where in it
 * @param mainClass the class, by its full name
 * @param jar the place of the jar
 * @param settings of Spark
 * @param arguments of our program
 */
record Submission(
    String where,
    String mainClass,
    String jar,
    Map<String, String> settings,
    List<String> arguments) {

  private static final Set<String> OPTIONS =
      Set.of(
          "--master",
          "--deploy-mode",
          "--class",
          "--conf",
          "--properties-file",
          "--files",
          "--jars",
          "--packages");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  /** The steps of an EMR cluster. */
  static List<Submission> ofSteps(String file, JsonNode request) {
    List<Submission> found = new ArrayList<>();
    for (JsonNode step : request.get("Steps")) {
      List<String> words = PlatformFiles.texts(step.at("/HadoopJarStep/Args"));
      found.add(ofWords(file + ", " + step.get("Name").asText(), words));
    }
    return found;
  }

  /** A job of EMR Serverless. */
  static List<Submission> ofServerless(String file, JsonNode request) {
    JsonNode driver = request.at("/jobDriver/sparkSubmit");
    List<String> words = new ArrayList<>(List.of("spark-submit"));
    words.addAll(words(driver.get("sparkSubmitParameters").asText()));
    words.add(driver.get("entryPoint").asText());
    words.addAll(PlatformFiles.texts(driver.get("entryPointArguments")));
    Submission submission = ofWords(file, words);
    request
        .at("/configurationOverrides/applicationConfiguration")
        .forEach(
            each -> submission.settings.putAll(PlatformFiles.settings(each.path("properties"))));
    return List.of(submission);
  }

  /** The tasks of a bundle for Databricks, with its variables put in. */
  static List<Submission> ofBundle(String file, JsonNode bundle) {
    List<Submission> found = new ArrayList<>();
    for (JsonNode job : bundle.at("/resources/jobs")) {
      Map<String, String> settings =
          PlatformFiles.settings(job.at("/job_clusters/0/new_cluster/spark_conf"));
      for (JsonNode task : job.get("tasks")) {
        found.add(
            new Submission(
                file + ", " + task.get("task_key").asText(),
                task.at("/spark_jar_task/main_class_name").asText(),
                task.at("/libraries/0/jar").asText(),
                settings,
                PlatformFiles.texts(task.at("/spark_jar_task/parameters"))));
      }
    }
    return found;
  }

  /** A SparkApplication, scheduled or not. */
  static List<Submission> ofApplication(String file, JsonNode manifest) {
    JsonNode spec = manifest.get("spec");
    JsonNode application = spec.has("template") ? spec.get("template") : spec;
    return List.of(
        new Submission(
            file,
            application.get("mainClass").asText(),
            application.get("mainApplicationFile").asText(),
            PlatformFiles.settings(application.get("sparkConf")),
            PlatformFiles.texts(application.get("arguments"))));
  }

  /** The lines of a text for people that call spark-submit. */
  static List<Submission> ofText(String file, String text) {
    return text.replaceAll("\\\\\n\\s*", " ")
        .lines()
        .map(String::strip)
        .filter(line -> line.matches("([\\w$/.\"]*/)?spark-submit\"? --.*"))
        .map(line -> ofWords(file + ", " + line, words(line)))
        .toList();
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(
          Stream.of(1, 2, 3).map(word::group).filter(each -> each != null).findFirst().orElse(""));
    }
    return words;
  }

  /** What spark-submit makes of its words, the first of which is its name. */
  static Submission ofWords(String where, List<String> words) {
    Map<String, String> settings = new HashMap<>();
    String mainClass = "";
    int next = 1;
    while (words.get(next).startsWith("--")) {
      String option = words.get(next);
      String value = words.get(next + 1);
      if (!OPTIONS.contains(option)) {
        throw new AssertionError("spark-submit has no option " + option + ": " + where);
      }
      if (option.equals("--conf")) {
        settings.put(value.replaceFirst("=.*", ""), value.replaceFirst("[^=]*=", ""));
      }
      mainClass = option.equals("--class") ? value : mainClass;
      next += 2;
    }
    return new Submission(
        where, mainClass, words.get(next), settings, words.subList(next + 1, words.size()));
  }

  /** What our program would not take, in words; empty where it takes all. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!mainClass.equals(Main.class.getName())) {
      problems.add("No such class: " + mainClass);
    }
    try {
      Settings.defaults().orElseSpark(settings).requireNumbers();
      ParseResult command =
          new CommandLine(new Main())
              .setCaseInsensitiveEnumValuesAllowed(true)
              .parseArgs(arguments.toArray(String[]::new));
      while (command.hasSubcommand()) {
        command = command.subcommand();
      }
      if (command.commandSpec().userObject() instanceof Main) {
        problems.add("No command was given");
      }
      Map<String, String> set = command.matchedOptionValue("--set", Map.of());
      Settings.defaults().orElse(set, "--set").requireNumbers();
    } catch (ParameterException | LakehouseException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return problems.stream().map(problem -> where + ": " + problem).toList();
  }
}

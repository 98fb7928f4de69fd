// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a new user gets wrong, and what is said of it; none of this needs Spark. */
class TestMistakes {
  @TempDir static Path home;

  @BeforeAll
  static void files() throws IOException {
    Files.createDirectories(home.resolve("pics"));
    Files.createDirectories(home.resolve("empty"));
    Files.createDirectories(home.resolve("lake/tables"));
    Map<String, String> texts =
        Map.ofEntries(
            Map.entry("pics/a.txt", "A text."),
            Map.entry("afile", "x"),
            Map.entry("rows.csv", "id,text\n1,hello\n"),
            Map.entry("coco.json", "{\"images\":[]}"),
            Map.entry("broken.json", "{\"images\": ["),
            Map.entry("broken.yaml", "lakehouse.lanes: [\n"),
            Map.entry("typo.yaml", "lakehouse:\n  embed:\n    batchsize: 3\n"),
            Map.entry("line.conf", "# x\nhello\n"),
            Map.entry("policy.yaml", "rules:\n  - name: a\n   require: x\n"),
            Map.entry("requires.yaml", "rules:\n  - name: a\n    requires: x\n"),
            Map.entry("pipe-option.yaml", "sources:\n  - source: files\n    pth: pics\n"),
            Map.entry("pipe-kind.yaml", "sources:\n  - source: fils\n    path: pics\n"),
            Map.entry("pipe-broken.yaml", "sources: [\n"),
            Map.entry("pipe-key.yaml", "source:\n  - source: files\n"));
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Files.writeString(home.resolve(text.getKey()), text.getValue());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serach hello                     | There is no command 'serach'. Did you mean: lakehouse search?
          search --collapse circle         | Invalid --collapse: 'circle' (must be a number above 0 and at most 1). What is looked for stands before --collapse
          search a --mode words --saliency x | --saliency shows what a model sees
          search --like a --saliency x     | here an asset was given with --like
          statsu                           | Did you mean: lakehouse status?
          rollback                         | Did you mean: lakehouse release rollback?
          imprt x                          | There is no command 'imprt'. Did you mean: lakehouse model import?
          model imprt x                    | There is no command 'model imprt'. Did you mean: lakehouse model import?
          qqqqqqqqq                        | There is no command 'qqqqqqqqq': expected one of demo, run
          status --lke x                   | Unknown option: '--lke'. Did you mean: --lake?
          status --jsn=1                   | Unknown option: '--jsn=1'. Did you mean: --json?
          status x                         | 'x' is too much: lakehouse status takes options only. For the lake write --lake x
          search two words --lake x        | 'words' is too much: lakehouse search takes QUERY. Put words that belong together into quotes
          search x -k many --lake x        | Invalid value for option '-k': 'many' is no whole number
          search x --lake x --set a        | Value for option '--set' (KEY=VALUE) should be in KEY=VALUE format but was a
          search x --lake x --set lakehouse.lanes=1 | Unknown setting lakehouse.lanes (from --set). Did you mean lakehouse.
          search x --lake x --set lakehouse.document.depth=0 | Invalid lakehouse.document.depth: '0' (must be between 1 and 16)
          ingest --lake x --source urls --path HOME/none.csv | nothing is there
          search x --lake HOME/none        | No lake at file:HOME/none: expected its tables there and found none
          status --lake HOME/afile         | No lake at HOME/afile: expected a folder but it is a file
          search --image HOME/no.png --lake x | Cannot read image HOME/no.png: there is no such file or folder
          search --image HOME/pics --lake x | Cannot read image HOME/pics: it is a folder, not a file
          search x --config HOME/no.yaml   | Cannot read settings file HOME/no.yaml: there is no such file or folder
          search x --config HOME/pics      | Cannot read settings file HOME/pics: it is a folder, not a file
          search x --config HOME/broken.yaml | Cannot read settings file HOME/broken.yaml, line 2: expected the node content, but found 'the end of the file'
          search x --config HOME/typo.yaml | Unknown setting lakehouse.embed.batchsize (from HOME/typo.yaml). Did you mean lakehouse.embed.batch-size?
          search x --config HOME/line.conf | Cannot read settings file HOME/line.conf, line 2: expected key=value but found 'hello'
          model import HOME/none --lake x  | Cannot import HOME/none: expected the folder of an export, but there is no such file or folder
          model import HOME/afile --lake x | Cannot import HOME/afile: expected the folder of an export, but it is a file, not a folder
          model import HOME/empty --lake x | but found an empty folder. Name the folder that 'optimum-cli export onnx' wrote
          model show minlm                 | No model bundle 'minlm' (did you mean minilm?)
          judge --lake HOME/lake --policy HOME/no.yaml | Cannot read policy HOME/no.yaml: there is no such file or folder. Name a file, or 'built-in'; conf/policy.yaml
          judge --lake HOME/lake --policy HOME/pics | Cannot read policy HOME/pics: it is a folder, not a file
          judge --lake HOME/lake --policy HOME/policy.yaml | Cannot read policy HOME/policy.yaml, line 3: expected <block end>
          judge --lake HOME/lake --policy HOME/requires.yaml | Invalid policy HOME/requires.yaml: rule 1 has the unknown key 'requires' (did you mean require?)
          run --lake HOME/l --source fils --path x | there is no source 'fils' (did you mean files?)
          run --lake HOME/l --source csv --path x.csv --images y --map text=t | 'images' does not go with source csv (the folder that its names are relative to is 'root')
          ingest --lake HOME/l | No source was named: give a folder or a manifest
          ingest HOME/pics --path HOME/pics --lake HOME/l | Two paths were given: HOME/pics and --path HOME/pics
          ingest HOME/none --lake HOME/l | Cannot read HOME/none: expected a folder or a file, but nothing is there
          run --lake HOME/l --path HOME/rows.csv --map txt=text --map id=id | Invalid --map: there is no role 'txt'
          run --lake HOME/l --source files | source files needs 'path', for example ./pictures
          run --lake HOME/l --source csv --path HOME/rows.csv | source csv needs 'map', for example id=id,image=file_name,caption=caption
          run --lake HOME/l --source csv --path HOME/rows.csv --map text=body | has no field body (found id, text). Correct --map
          run --lake HOME/l --source csv --path HOME/rows.csv --map txt=text | Invalid --map: there is no role 'txt'
          run --lake HOME/l --source csv --path HOME/pics --map text=text | expected a file, but it is a folder
          run --lake HOME/l --source files --path HOME/none | Cannot read source HOME/none: expected a folder, but nothing is there
          run --lake HOME/l --source files --path HOME/pics --glob **.{jpg | Invalid --glob '**.{jpg'
          run --lake HOME/l --source coco --annotations HOME/broken.json --images HOME/pics | Cannot read annotations file://HOME/broken.json
          run --lake HOME/l --source coco --annotations HOME/coco.json --images HOME/none | Cannot read source HOME/none: expected a folder
          run --lake HOME/afile --source files --path HOME/pics | Cannot keep a lake at HOME/afile: expected a folder that can be written, but HOME/afile: it is a file, not a folder
          run --lake HOME/afile/l --source files --path HOME/pics | Cannot keep a lake at HOME/afile/l: expected a folder that can be written, but HOME/afile: it is a file, not a folder
          run --lake HOME/l --pipeline HOME/no.yaml | Cannot read pipeline file HOME/no.yaml: there is no such file or folder
          run --lake HOME/l --pipeline HOME/pics | Cannot read pipeline file HOME/pics: it is a folder, not a file
          run --lake HOME/l --pipeline HOME/pipe-option.yaml | Pipeline file HOME/pipe-option.yaml, source 1: Invalid source: source files needs 'path'
          run --lake HOME/l --pipeline HOME/pipe-kind.yaml | Pipeline file HOME/pipe-kind.yaml, source 1: Invalid source: there is no source 'fils' (did you mean files?)
          run --lake HOME/l --pipeline HOME/pipe-broken.yaml | Cannot read pipeline file HOME/pipe-broken.yaml, line 2: expected the node content
          run --lake HOME/l --pipeline HOME/pipe-key.yaml | unknown key 'source', expected sources or settings (did you mean sources?)
          """)
  void isToldInWordsWithAWayOut(String arguments, String message) {
    Told told = run(arguments.replace("HOME", home.toString()).split(" +"));

    assertThat(told.exitCode()).isEqualTo(2);
    assertThat(told.words())
        .contains(message.replace("HOME", home.toString()))
        .doesNotContainPattern("Exception|StringReader|in 'reader'|\\bmkdir|version -1");
    assertThat(told.words().lines()).hasSizeLessThanOrEqualTo(2);
    assertThat(home.resolve("l")).doesNotExist();
  }

  @Test
  void everyLineOfItNamesWhatCanBeDone() {
    for (List<String> arguments :
        List.of(
            List.of("search", "x", "--lake", home + "/none"),
            List.of("model", "import", home + "/none", "--lake", "x"),
            List.of("serach"))) {
      assertThat(run(arguments.toArray(String[]::new)).words())
          .containsPattern("Check|Name|Did you mean|Try|Give|Choose");
    }
  }

  private record Told(int exitCode, String words) {}

  private static Told run(String... arguments) {
    StringWriter err = new StringWriter();
    int exitCode =
        Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments);
    return new Told(exitCode, err.toString());
  }
}

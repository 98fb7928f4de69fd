// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.Detected;
import dev.lakehouse.core.codec.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Documents with known figures, read as an executor reads them. */
class TestSharedDocuments {
  /** Where the figures of others differ from ours, and why ours stand. */
  private static final Map<String, String> EXPLAINED =
      Map.ofEntries(
          Map.entry("bad/xxe.docx words", "refused: declares entities"),
          Map.entry("bad/zipbomb.docx words", "refused: grows too large"),
          Map.entry("docx/comments-rich-para.docx words", "what comments say is told too"),
          Map.entry("docx/run-enumerated-props.docx words", "theirs ends a word at each run"),
          Map.entry("docx/shp-inline-shape-access.docx words", "a chart has words"),
          Map.entry("haystack/sample_pdf_2.pdf words", "heads and feet of pages are left out"),
          Map.entry("tika/testExternalRefs.docx words", "theirs counts the codes of fields"),
          Map.entry("tika/testExtraSpaces.pdf words", "spaces amid words, two guesses"),
          Map.entry("tika/testFooter.odt words", "the foot is told too"),
          Map.entry("tika/testInstrLink.docx words", "theirs counts the codes of fields"),
          Map.entry("tika/testODFwithOOo3.odt words", "theirs counts places of a bibliography"),
          Map.entry("tika/testODTEncrypted.odt words", "refused: theirs counts what is encrypted"),
          Map.entry("tika/testPPT_charts.pptx words", "a chart has words"),
          Map.entry("tika/testWORD_EMFAndAttachments.docx words", "theirs ends a word at a run"),
          Map.entry("tika/testWORD_missing_ooxml_bean1.docx words", "theirs counts deleted words"),
          Map.entry("tika/testWORD_template.docx words", "theirs ends a word at each run"),
          Map.entry("tika/testWORD_text_box.docx words", "theirs counts a text box twice"),
          Map.entry("tika/protect.xlsx encrypted", "opens with the password of everybody"));

  private final Set<String> wrong = new java.util.TreeSet<>();
  private final List<String> compared = new ArrayList<>();
  private final Map<String, String> refused = new TreeMap<>();

  @Test
  void figuresAreThoseOfOthers() throws Exception {
    Path root = SharedData.require("data/documents");
    List<String> truth = Files.readAllLines(SharedData.require("data/truth/documents_truth.tsv"));
    for (String line : truth.subList(1, truth.size())) {
      String[] fields = line.split("\t", -1);
      compare(root, fields[0].substring("documents/".length()), fields);
    }

    Set<String> agreed = new java.util.TreeSet<>(compared);
    agreed.removeAll(wrong);
    System.out.printf(
        "%d of %d fields agree; not: %s%nrefused: %s%n",
        agreed.size(), compared.size(), wrong, refused);
    assertThat(wrong).isSubsetOf(EXPLAINED.keySet());
  }

  private void compare(Path root, String name, String[] truth) throws IOException {
    Path file = root.resolve(name);
    Detected detected = detected(file);
    if (detected.modality() != Modality.DOCUMENT || Files.size(file) == 0) {
      return;
    }
    try {
      Document document = DocumentCodec.read(file, detected.mediaType(), DocumentLimits.DEFAULT);
      check(name, "encrypted", isEncrypted(truth), false);
      check(name, "pages", truth[2], text(document.pages()));
      if (!truth[4].isEmpty() && !name.endsWith(".xlsx")) { // of which nobody counted them
        compareWords(name, Integer.parseInt(truth[4]), document.text());
      }
    } catch (ItemException e) {
      refused.put(name, e.code().name());
      check(name, "encrypted", isEncrypted(truth), e.code().name().equals("ENCRYPTED"));
      if (!truth[4].isEmpty()) {
        check(name, "words", truth[4], "");
      }
    }
  }

  private void compareWords(String name, int truth, String text) {
    int words = text.isBlank() ? 0 : text.strip().split("\\s+").length;
    boolean close = Math.abs(words - truth) <= 0.02 * truth;
    check(name, "words", truth, close ? truth : words);
  }

  private void check(String name, String field, Object truth, Object found) {
    if (field.equals("pages") && truth.equals("")) {
      return;
    }
    compared.add(name + " " + field);
    if (!truth.equals(found)) {
      wrong.add(name + " " + field);
      System.out.printf("%s %s: %s, not %s%n", name, field, found, truth);
    }
  }

  private static String text(java.util.OptionalInt number) {
    return number.isPresent() ? Integer.toString(number.getAsInt()) : "";
  }

  /** What opens without a password is none that anybody was kept out of. */
  private static boolean isEncrypted(String[] truth) {
    boolean package_ = truth[0].contains("protect") && !truth[0].contains("protectedSheets");
    return truth[5].contains("password") || package_ || truth[0].contains("ODTEncrypted");
  }

  private static Detected detected(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return MediaTypes.detect(in.readNBytes(MediaTypes.HEAD_BYTES), file.toString());
    }
  }
}

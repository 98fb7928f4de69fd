// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;

/** Tells the language of a text with OpenNLP's model of 103 languages. */
final class Languages {
  /** The word for a language that cannot be told. */
  static final String UNDETERMINED = "und";

  /**
   * A language and how sure that is.
   *
   * @param code ISO 639-3, or {@link #UNDETERMINED}
   * @param confidence lead over the runner-up, {@code 1 - p2 / p1}: 0 is a tie, 1 is certainty. The
   *     model's own probabilities are spread over all languages and mean little by themselves
   */
  record Guess(String code, double confidence) {}

  private static final Guess NONE = new Guess(UNDETERMINED, 0);

  /** More text makes it slower and no surer. */
  private static final int SAMPLE = 2000;

  /** Fewer letters are a coin toss between relatives. */
  private static final int MIN_LETTERS = 5;

  private Languages() {}

  static Guess of(String text) {
    String sample = text.substring(0, Math.min(SAMPLE, text.length()));
    if (sample.codePoints().filter(Character::isLetter).limit(MIN_LETTERS).count() < MIN_LETTERS) {
      return NONE;
    }
    Language[] ranked = new LanguageDetectorME(Model.MODEL).predictLanguages(sample);
    double lead = 1 - ranked[1].getConfidence() / ranked[0].getConfidence();
    return lead > 0 ? new Guess(ranked[0].getLang(), lead) : NONE;
  }

  /** Loaded with the first question, once in a JVM. */
  private static final class Model {
    static final LanguageDetectorModel MODEL = load();

    private static LanguageDetectorModel load() {
      try (InputStream in = Languages.class.getResourceAsStream("/langdetect-183.bin")) {
        if (in == null) {
          throw new IllegalStateException(
              "This build lacks the model of opennlp-models-langdetect");
        }
        return new LanguageDetectorModel(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

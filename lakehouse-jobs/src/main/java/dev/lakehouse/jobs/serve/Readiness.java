// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.serve.AnswerCache;
import dev.lakehouse.core.serve.CurrentRelease;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up releases, and knows why there is no answer as long as there is none. */
final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final String NOTHING =
      "Nothing is released in this lake yet. Run 'lakehouse publish', or 'lakehouse run'; the service"
          + " takes it up by itself";

  private final CurrentRelease current;
  private final AnswerCache cache;
  private final Consumer<String> news;
  private volatile String obstacle = "The first release is being opened";
  private volatile boolean ending;
  private String told = ""; // why the last look failed; of the thread that looks

  Readiness(CurrentRelease current, AnswerCache cache, Consumer<String> news) {
    this.current = current;
    this.cache = cache;
    this.news = news;
  }

  /** Looks for another release; whatever happens, there can be another look. */
  void look() {
    try {
      takeUp();
    } catch (Throwable e) {
      String why = Problem.of(e).detail();
      obstacle = current.isThere() ? "" : why;
      if (!why.equals(told)) {
        tell(why);
      }
      told = why;
    }
  }

  private void takeUp() {
    boolean isAnother = current.look();
    obstacle = current.isThere() ? "" : NOTHING;
    told = "";
    if (isAnother) {
      cache.clear();
      current.sequence().ifPresent(number -> tell("release %d answers now".formatted(number)));
    }
  }

  private void tell(String sentence) {
    try {
      news.accept(sentence);
    } catch (Throwable e) {
      LOG.warn("Nobody took the news: {}", sentence, e);
    }
  }

  /** Why it cannot answer; empty if it can. */
  String obstacle() {
    return ending ? "The service is ending" : obstacle;
  }

  /**
   * Makes sure that there is a release.
   *
   * @throws Refusal 503 if there is none
   */
  void require() {
    String why = obstacle;
    if (!why.isEmpty() && !current.isThere()) {
      throw new Refusal(503, why);
    }
  }

  /** Says from now on that the service ends. */
  void end() {
    ending = true;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** English words, and sentences drawn from them. */
public final class Words {
  private static final List<String> NOUNS =
      words(
          """
          river mountain city kitchen table window bicycle train station bridge garden market
          street harbour forest dog cat horse bird child farmer painter engine computer lamp chair
          bottle glass plate bread apple orange umbrella jacket boat island valley snow storm cloud
          sun moon night morning winter summer festival match team player book letter photograph
          wall door roof tree flower leaf root harvest mill quarry canal network record column
          query message report budget order price bank court village region ocean climate energy
          battery signal sensor robot satellite planet galaxy cell gene vaccine nurse clinic trial
          theory method error model sample weight speed distance century treaty mayor citizen
          crowd neighbour sailor pilot driver cook singer dancer actor
          """);
  private static final List<String> ADJECTIVES =
      words(
          """
          red blue green yellow white black grey small large tall short old young new ancient modern
          wooden metal quiet busy empty crowded bright dark warm cold wet dry heavy light slow early
          late long narrow wide deep shallow simple open closed public rural urban common rare famous
          broken clean sharp blurred distant annual daily recent careful sudden steady gentle rough
          """);
  private static final List<String> VERBS =
      words(
          """
          stands sits walks runs crosses follows carries holds opens closes watches paints builds
          repairs drives rides sells buys reads writes measures records shows hides covers reaches
          leaves enters passes joins divides connects feeds cuts breaks lifts drops catches finds
          loses keeps moves turns stops starts waits looks points leads
          """);
  private static final List<String> LINKS =
      words(
          """
          on in under near beside behind above across through beyond around inside outside against
          along with without while because although and but so when where after before until since
          """);
  private static final List<String> ARTICLES = List.of("a", "the");

  /** Every word that a sentence may have. */
  public static final List<String> ALL = all();

  private Words() {}

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  private static List<String> all() {
    List<String> all = new ArrayList<>();
    List.of(ARTICLES, NOUNS, ADJECTIVES, VERBS, LINKS).forEach(all::addAll);
    return all.stream().distinct().toList();
  }

  /** A sentence of so many words, as captions are. */
  public static String sentence(RandomGenerator random, int words) {
    List<String> drawn = new ArrayList<>();
    while (drawn.size() < words) {
      drawn.add(any(random, ARTICLES));
      if (random.nextInt(10) < 7) {
        drawn.add(any(random, ADJECTIVES));
      }
      drawn.add(any(random, NOUNS));
      drawn.add(any(random, random.nextBoolean() ? VERBS : LINKS));
    }
    String text = String.join(" ", drawn.subList(0, words));
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  /** Sentences of so many words together. */
  public static String document(RandomGenerator random, int words) {
    List<String> sentences = new ArrayList<>();
    for (int left = words; left > 0; ) {
      int length = Math.min(left, random.nextInt(7, 23));
      sentences.add(sentence(random, length));
      left -= length;
    }
    return String.join(" ", sentences);
  }

  private static String any(RandomGenerator random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}

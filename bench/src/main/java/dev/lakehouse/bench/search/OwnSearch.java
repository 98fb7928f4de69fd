// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.search;

import dev.lakehouse.bench.Result;
import dev.lakehouse.bench.search.Answered.Pace;
import dev.lakehouse.core.search.SearchRequest;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.search.Sought;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The index of a release, asked as the service asks it: by vector, with what a hit shows. */
public final class OwnSearch {
  static final String SYSTEM = "lakehouse";

  private OwnSearch() {}

  /** Answers all questions of a family, in this process. */
  public static Answered of(SearchLake lake, String family) throws Exception {
    SearchData data = lake.data(family);
    List<String> ids =
        Files.readAllLines(data.folder().resolve("rows.tsv")).stream()
            .map(line -> line.substring(0, line.indexOf('\t')))
            .toList();
    float[][] queries = data.read("query.f32");
    int[][] nearest = data.nearest();
    try (Searcher searcher = lake.searcher()) {
      String encoder = encoder(searcher, family);
      int[] found = new int[queries.length];
      Clients.Index index =
          question -> {
            Set<String> wanted = new HashSet<>();
            Arrays.stream(nearest[question]).forEach(row -> wanted.add(ids.get(row)));
            SearchResult result = ask(searcher, family, encoder, queries[question]);
            found[question] =
                (int) result.hits().stream().filter(hit -> wanted.contains(hit.assetId())).count();
          };
      Clients clients = new Clients(queries.length);
      Pace unused = clients.ask(SearchContest.TOGETHER, index); // warms what is to be warm
      Pace alone = clients.ask(1, index);
      Pace together = clients.ask(SearchContest.TOGETHER, index);
      double recall = Arrays.stream(found).sum() / (double) (SearchData.K * queries.length);
      return new Answered(
          SYSTEM,
          "as released",
          ids.size(),
          data.dimension(),
          recall,
          alone,
          together,
          Result.mostMemory());
    }
  }

  private static String encoder(Searcher searcher, String family) {
    return searcher
        .embed(family, dev.lakehouse.core.embed.EmbedInput.query("which encoder"))
        .encoder();
  }

  private static SearchResult ask(
      Searcher searcher, String family, String encoder, float[] vector) {
    return searcher
        .ask(
            SearchRequest.of(new Sought.Vector(vector, encoder))
                .ofFamily(family)
                .page(0, SearchData.K))
        .get(0);
  }
}

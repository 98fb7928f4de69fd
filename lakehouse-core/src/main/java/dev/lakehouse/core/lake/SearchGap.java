// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.bundle.description.Tower;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * Assets that a release publishes and no family of it can search.
 *
 * @param kind of the assets
 * @param count of them
 */
record SearchGap(Kind kind, long count) {

  /** What can be searched, and by which family. */
  private enum Kind {
    PICTURES(Tower.IMAGE, "picture", Setting.CLIP_MODEL),
    TEXTS(Tower.TEXT, "text", Setting.TEXT_MODEL);

    private final String modality;
    private final String word;
    private final Setting model;

    Kind(String modality, String word, Setting model) {
      this.modality = modality;
      this.word = word;
      this.model = model;
    }

    private String model() {
      return "--set %s=NAME".formatted(model.key());
    }
  }

  /** What cannot be searched and how to change that, in a sentence; empty if everything can. */
  static Optional<String> sentence(Release release, LakeLayout layout, Configuration hadoop) {
    List<Kind> without =
        List.of(Kind.values()).stream()
            .filter(kind -> !hasIndexOf(release, kind.modality))
            .toList();
    if (without.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Long> found = ReleaseReader.modalities(layout, release, hadoop);
    List<SearchGap> gaps =
        without.stream()
            .map(kind -> new SearchGap(kind, found.getOrDefault(kind.modality, 0L)))
            .filter(gap -> gap.count > 0)
            .toList();
    return gaps.isEmpty() ? Optional.empty() : Optional.of(sentence(release, gaps));
  }

  private static String sentence(Release release, List<SearchGap> gaps) {
    boolean one = gaps.stream().mapToLong(SearchGap::count).sum() == 1;
    return "%s %s published, no family can search %s%s; name a model: 'lakehouse run %s' ('lakehouse"
        .formatted(
            gaps.stream().map(SearchGap::words).collect(Collectors.joining(" and ")),
            one ? "is" : "are",
            one ? "it" : "them",
            hasIndexOf(release, Tower.TEXT) ? " but by captions" : "",
            gaps.stream().map(gap -> gap.kind.model()).collect(Collectors.joining(" ")))
        .concat(" model list' shows which there are, 'lakehouse model import' adds one)");
  }

  private static boolean hasIndexOf(Release release, String modality) {
    return release.families().stream().anyMatch(family -> family.modalities().contains(modality));
  }

  private String words() {
    return "%,d %s%s".formatted(count, kind.word, count == 1 ? "" : "s");
  }
}

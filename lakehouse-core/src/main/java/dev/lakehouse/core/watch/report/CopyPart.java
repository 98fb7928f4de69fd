// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.watch.report.Copies.Cluster;
import dev.lakehouse.core.watch.report.Copies.Fate;
import dev.lakehouse.core.watch.report.Copies.Member;
import java.util.List;

/** Assets that are the same, side by side. */
final class CopyPart {
  /** Groups that are seen without a click. */
  private static final int OPEN = 5;

  private final Markup page;
  private final Gallery gallery;

  CopyPart(Markup page, Gallery gallery) {
    this.page = page;
    this.gallery = gallery;
  }

  void write(Copies copies) {
    if (copies.clusters() == 0) {
      page.element("p", "Nothing is there twice.");
      return;
    }
    page.element(
        "p",
        "%s of %s are alike; %s shown, the largest first."
            .formatted(
                Words.count(copies.clusters(), "group"),
                Words.count(copies.members(), "item"),
                copies.shown().size() == copies.clusters()
                    ? "all are"
                    : Words.count(copies.shown().size()) + " are"));
    List<Cluster> shown = copies.shown();
    int open = Math.min(OPEN, shown.size());
    shown.subList(0, open).forEach(this::cluster);
    if (open < shown.size()) {
      page.open("details");
      page.element("summary", "Show %s more".formatted(Words.count(shown.size() - open, "group")));
      shown.subList(open, shown.size()).forEach(this::cluster);
      page.close();
    }
  }

  private void cluster(Cluster cluster) {
    page.open("article", "class", "cluster");
    page.open("h3").text("%s, %s".formatted(Words.count(cluster.size(), "item"), cluster.kind()));
    page.open("span", "class", "small").theirs(cluster.evidence()).close().close();
    page.open("ul", "class", "cards");
    for (Member member : cluster.shown()) {
      String kind = member.fate() == Fate.KEPT ? "keeper" : "copy";
      gallery.card(member.item(), kind, member.fate().words());
    }
    page.close();
    if (cluster.shown().size() < cluster.size()) {
      page.element(
          "p", Words.count(cluster.size() - cluster.shown().size()) + " more.", "class", "small");
    }
    page.close();
  }
}

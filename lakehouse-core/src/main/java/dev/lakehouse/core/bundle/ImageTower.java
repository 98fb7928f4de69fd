// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * The tower for pictures.
 *
 * @param graph its network
 * @param preprocessing what is done to a picture first
 */
public record ImageTower(Graph graph, ImagePreprocessing preprocessing) implements Tower {

  public ImageTower {
    requireNonNull(graph, "graph is missing");
    requireNonNull(preprocessing, "preprocessing is missing");
    Checks.check(
        graph.inputs().containsValue(Input.PIXELS), "inputs %s: none is pixels", graph.inputs());
  }

  @Override
  @JsonIgnore
  public String name() {
    return IMAGE;
  }

  @Override
  public List<Content> contents() {
    return graph.contents();
  }

  @Override
  public ImageTower with(Graph other) {
    return new ImageTower(other, preprocessing);
  }
}

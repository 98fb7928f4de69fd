// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;

/**
 * The tower for texts.
 *
 * @param graph its network
 * @param tokenizer what is done to a text first
 */
public record TextTower(Graph graph, TokenizerSpec tokenizer) implements Tower {

  public TextTower {
    requireNonNull(graph, "graph is missing");
    requireNonNull(tokenizer, "tokenizer is missing");
    Checks.check(
        graph.inputs().containsValue(Input.TOKEN_IDS),
        "inputs %s: none is token-ids",
        graph.inputs());
  }

  @Override
  @JsonIgnore
  public String name() {
    return TEXT;
  }

  @Override
  public List<Content> contents() {
    List<Content> all = new ArrayList<>(graph.contents());
    all.add(tokenizer.content());
    return all;
  }

  @Override
  public TextTower with(Graph other) {
    return new TextTower(other, tokenizer);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static dev.lakehouse.core.bundle.description.Checks.check;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One part of an encoder: items of one kind to vectors of a space that all towers of a bundle
 * share. What is done to an item first says which kind that is.
 *
 * @param graph its network
 * @param preprocessing what is done to a picture first
 * @param tokenizer what is done to a text first
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Tower(
    Graph graph, Optional<ImagePreprocessing> preprocessing, Optional<TokenizerSpec> tokenizer) {
  /** The tower for pictures. */
  public static final String IMAGE = "image";

  /** The tower for texts. */
  public static final String TEXT = "text";

  public Tower {
    requireNonNull(graph, "graph is missing");
    check(
        preprocessing.isPresent() != tokenizer.isPresent(),
        "expected preprocessing for a tower of pictures, or a tokenizer for one of texts");
    Input first = preprocessing.isPresent() ? Input.PIXELS : Input.TOKEN_IDS;
    check(
        graph.inputs().containsValue(first),
        "inputs %s: none is %s",
        graph.inputs(),
        first == Input.PIXELS ? "pixels" : "token-ids");
  }

  /** One for pictures. */
  public static Tower ofPictures(Graph graph, ImagePreprocessing preprocessing) {
    return new Tower(graph, Optional.of(preprocessing), Optional.empty());
  }

  /** One for texts. */
  public static Tower ofTexts(Graph graph, TokenizerSpec tokenizer) {
    return new Tower(graph, Optional.empty(), Optional.of(tokenizer));
  }

  /** {@link #IMAGE} or {@link #TEXT}. */
  @JsonIgnore
  public String name() {
    return preprocessing.isPresent() ? IMAGE : TEXT;
  }

  /** What is done to a picture first; a tower for others has none. */
  public ImagePreprocessing requirePreprocessing() {
    return preprocessing.orElseThrow(() -> new IllegalArgumentException("A tower of no pictures"));
  }

  /** What is done to a text first; a tower for others has none. */
  public TokenizerSpec requireTokenizer() {
    return tokenizer.orElseThrow(() -> new IllegalArgumentException("A tower of no texts"));
  }

  /** Every file that it needs, without variants. */
  public List<PinnedFile> contents() {
    List<PinnedFile> all = new ArrayList<>(graph.contents());
    tokenizer.ifPresent(spec -> all.add(spec.content()));
    return all;
  }

  /** The same around another network. */
  public Tower with(Graph other) {
    return new Tower(other, preprocessing, tokenizer);
  }
}

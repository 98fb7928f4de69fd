// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static dev.lakehouse.core.bundle.description.Checks.check;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One part of an encoder: items of one kind to vectors of a space that all towers of a bundle
 * share. What is done to an item first says which kind that is.
 *
 * @param graph its network
 * @param preprocessing what is done to a picture first
 * @param tokenizer what is done to a text first
 * @param sound what is done to a sound first
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Tower(
    Graph graph,
    Optional<ImagePreprocessing> preprocessing,
    Optional<TokenizerSpec> tokenizer,
    Optional<SoundPreprocessing> sound) {
  /** The tower for pictures. */
  public static final String IMAGE = "image";

  /** The tower for texts. */
  public static final String TEXT = "text";

  /** The tower for sounds. */
  public static final String AUDIO = "audio";

  public Tower {
    requireNonNull(graph, "graph is missing");
    check(
        Stream.of(preprocessing, tokenizer, sound).filter(Optional::isPresent).count() == 1,
        "expected preprocessing for a tower of pictures, or a tokenizer for one of texts, or sound"
            + " for one of sounds");
    Input first =
        preprocessing.isPresent() ? Input.PIXELS : sound.isPresent() ? Input.MEL : Input.TOKEN_IDS;
    check(
        graph.inputs().containsValue(first),
        "inputs %s: none is %s",
        graph.inputs(),
        first.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** One for pictures. */
  public static Tower ofPictures(Graph graph, ImagePreprocessing preprocessing) {
    return new Tower(graph, Optional.of(preprocessing), Optional.empty(), Optional.empty());
  }

  /** One for texts. */
  public static Tower ofTexts(Graph graph, TokenizerSpec tokenizer) {
    return new Tower(graph, Optional.empty(), Optional.of(tokenizer), Optional.empty());
  }

  /** {@link #IMAGE}, {@link #TEXT} or {@link #AUDIO}. */
  @JsonIgnore
  public String name() {
    return preprocessing.isPresent() ? IMAGE : sound.isPresent() ? AUDIO : TEXT;
  }

  /** What is done to a picture first; a tower for others has none. */
  public ImagePreprocessing requirePreprocessing() {
    return preprocessing.orElseThrow(() -> new IllegalArgumentException("A tower of no pictures"));
  }

  /** What is done to a text first; a tower for others has none. */
  public TokenizerSpec requireTokenizer() {
    return tokenizer.orElseThrow(() -> new IllegalArgumentException("A tower of no texts"));
  }

  /** What is done to a sound first; a tower for others has none. */
  public SoundPreprocessing requireSound() {
    return sound.orElseThrow(() -> new IllegalArgumentException("A tower of no sounds"));
  }

  /** Every file that it needs, without variants. */
  public List<PinnedFile> contents() {
    List<PinnedFile> all = new ArrayList<>(graph.contents());
    tokenizer.ifPresent(spec -> all.add(spec.content()));
    return all;
  }

  /** The same around another network. */
  public Tower with(Graph other) {
    return new Tower(other, preprocessing, tokenizer, sound);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.bench.Words;
import dev.lakehouse.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A CLIP model as Hugging Face's exporters leave it in a folder: two networks, a tokenizer and what
 * explains them; and the image tower once more in bfloat16, as TorchScript.
 */
public final class ClipExport {
  private static final String START = "<|startoftext|>";
  private static final String END = "<|endoftext|>";
  private static final String UNKNOWN = "<|unknown|>";

  private final ClipNetwork network;

  private ClipExport(ClipNetwork network) {
    this.network = network;
  }

  /** ViT-B/32 as published: 151 million weights, 605 MB, and 176 MB in bfloat16. */
  public static ClipExport b32() {
    return new ClipExport(ClipNetwork.B32);
  }

  /** The same build, small enough for a test. */
  public static ClipExport tiny() {
    return new ClipExport(ClipNetwork.TINY);
  }

  /**
   * Writes the folder; what {@code lakehouse model import} takes.
   *
   * @param seed of the weights
   */
  public void write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    network.image().write(folder.resolve("vision_model.onnx"), seed);
    ClipScript.image(network).write(folder.resolve("vision_model_bf16.pt"), seed);
    network.text().write(folder.resolve("text_model.onnx"), seed + 1);
    write(folder.resolve("preprocessor_config.json"), preprocessor());
    write(folder.resolve("tokenizer.json"), tokenizer());
    write(folder.resolve("config.json"), config());
  }

  private static void write(Path file, ObjectNode json) throws IOException {
    Files.writeString(
        file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
  }

  private static ObjectNode object() {
    return Json.mapper().createObjectNode();
  }

  private static ObjectNode preprocessor() {
    ObjectNode config = object();
    config.put("do_resize", true).put("do_center_crop", true).put("resample", 3);
    config.putObject("size").put("shortest_edge", ClipNetwork.SIDE);
    config.putObject("crop_size").put("height", ClipNetwork.SIDE).put("width", ClipNetwork.SIDE);
    numbers(config.putArray("image_mean"), 0.48145466, 0.4578275, 0.40821073);
    numbers(config.putArray("image_std"), 0.26862954, 0.26130258, 0.27577711);
    return config;
  }

  private static void numbers(ArrayNode array, double... values) {
    for (double value : values) {
      array.add(value);
    }
  }

  private ObjectNode config() {
    ObjectNode config = object().put("projection_dim", ClipNetwork.DIMENSION);
    config
        .putObject("text_config")
        .put("max_position_embeddings", ClipNetwork.TOKENS)
        .put("vocab_size", network.vocabulary());
    return config;
  }

  /** A token for each word; the end token has the highest id, where the tower looks for it. */
  private ObjectNode tokenizer() {
    int end = network.vocabulary() - 1;
    ObjectNode tokenizer = object().put("version", "1.0");
    tokenizer.putObject("normalizer").put("type", "Lowercase");
    tokenizer.putObject("pre_tokenizer").put("type", "Whitespace");
    ObjectNode model = tokenizer.putObject("model").put("type", "WordLevel");
    model.put("unk_token", UNKNOWN);
    ObjectNode vocabulary = model.putObject("vocab");
    List<String> words = Words.ALL;
    for (int id = 0; id < words.size(); id++) {
      vocabulary.put(words.get(id), id + 1);
    }
    vocabulary.put(UNKNOWN, end - 2).put(START, end - 1).put(END, end);
    tokenizer.set("post_processor", frame(end));
    return tokenizer;
  }

  private static ObjectNode frame(int end) {
    ObjectNode frame = object().put("type", "TemplateProcessing");
    ArrayNode single = frame.putArray("single");
    single.addObject().putObject("SpecialToken").put("id", START).put("type_id", 0);
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    single.addObject().putObject("SpecialToken").put("id", END).put("type_id", 0);
    frame.putArray("pair");
    ObjectNode tokens = frame.putObject("special_tokens");
    special(tokens, START, end - 1);
    special(tokens, END, end);
    return frame;
  }

  private static void special(ObjectNode tokens, String token, int id) {
    ObjectNode special = tokens.putObject(token).put("id", token);
    special.putArray("ids").add(id);
    special.putArray("tokens").add(token);
  }
}

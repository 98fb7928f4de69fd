// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One documented setting.
 *
 * @param key {@code lakehouse.group.word-word}
 * @param fallback the value when nobody sets it; empty for "no value"
 * @param meaning one sentence, with the unit
 * @param bounds of a whole number; empty for what is none
 * @param secret whether its value must never be shown
 */
public record Setting(
    String key,
    Optional<String> fallback,
    String meaning,
    Optional<Bounds> bounds,
    boolean secret) {

  /**
   * The least and the greatest number that a setting may be.
   *
   * @param max {@link Long#MAX_VALUE} for any number
   */
  public record Bounds(long min, long max) {

    /** Whether a number lies within, bounds included. */
    boolean hold(long number) {
      return number >= min && number <= max;
    }

    /** In words for people: {@code between 1 and 64}. */
    @Override
    public String toString() {
      return max == Long.MAX_VALUE ? "at least " + min : "between %d and %d".formatted(min, max);
    }
  }

  /** A setting with a default. */
  public static Setting of(String key, String fallback, String meaning) {
    return new Setting(key, Optional.of(fallback), meaning, Optional.empty(), false);
  }

  /** A setting that may have no value. */
  public static Setting optional(String key, String meaning) {
    return new Setting(key, Optional.empty(), meaning, Optional.empty(), false);
  }

  /** The same for a whole number within bounds, both included. */
  Setting between(long min, long max) {
    return new Setting(key, fallback, meaning, Optional.of(new Bounds(min, max)), secret);
  }

  Setting atLeast(long min) {
    return between(min, Long.MAX_VALUE);
  }

  Setting seconds() {
    return between(1, 86_400);
  }

  /** What takes every part of assets that a family can take. */
  public static final String ALL_ROLES = "all";

  public static final Setting LAKE =
      optional("lakehouse.lake", "URI of the lake, when --lake does not give it");
  public static final Setting LAKE_TABLES =
      optional("lakehouse.lake.tables", "URI of the tables, when not below --lake");
  public static final Setting LAKE_BLOBS =
      optional("lakehouse.lake.blobs", "URI of the blob store, when not below --lake");
  public static final Setting LAKE_INDEX =
      optional("lakehouse.lake.index", "URI of the search indexes, when not below --lake");
  public static final Setting MODELS =
      optional("lakehouse.models", "URI of the model bundles, when not below --lake in models/");
  public static final Setting TEXT_MODEL =
      of(
          "lakehouse.family.text.bundle",
          "minilm",
          "model bundle of family text; 'none' turns it off");
  public static final Setting CLIP_MODEL =
      of(
          "lakehouse.family.clip.bundle",
          "none",
          "model bundle of family clip; 'none' turns it off; any other family has such a setting too");
  public static final Setting TEXT_ROLES =
      of(
          "lakehouse.family.text.roles",
          ALL_ROLES,
          "parts of assets in family text: some of own, caption and passage with commas, or all");
  public static final Setting TEXT_REQUIRED =
      of(
          "lakehouse.family.text.required",
          "true",
          "whether an asset waits for its vectors of family text, and is not published where they"
              + " cannot be computed: true or false");
  public static final Setting CLIP_ROLES =
      of(
          "lakehouse.family.clip.roles",
          ALL_ROLES,
          "parts of assets in family clip: some of own, keyframe and caption, which is compared and"
              + " never found, or all; any other family has such a setting too");
  public static final Setting CLIP_REQUIRED =
      of(
          "lakehouse.family.clip.required",
          "true",
          "whether an asset waits for its vectors of family clip; any other family has such a"
              + " setting too");
  public static final Setting MODELS_WARM_BYTES =
      of("lakehouse.models.warm-bytes", "4294967296", "bytes of models that a JVM keeps warm")
          .atLeast(0);
  public static final Setting EMBED_DEVICE =
      of("lakehouse.embed.device", "auto", "where models run: auto, cpu, cuda or cuda:<number>");
  public static final Setting EMBED_PRECISION =
      of(
          "lakehouse.embed.precision",
          "fp32",
          "number format that models run in: fp32, bf16, fp16, int8 or auto");
  public static final Setting EMBED_BATCH =
      of(
              "lakehouse.embed.batch-size",
              "auto",
              "items sent to a model at once; auto: 8 images or 64 texts on a CPU, 64 on a GPU")
          .between(1, 4096);
  public static final Setting EMBED_BATCH_BYTES =
      of("lakehouse.embed.batch-bytes", "67108864", "bytes of prepared items sent at once")
          .atLeast(1);
  public static final Setting EMBED_BATCH_TOKENS =
      of(
              "lakehouse.embed.batch-tokens",
              "auto",
              "texts sent at once, times the tokens of the longest of them; auto: 1024 on a CPU, 16384"
                  + " on a GPU")
          .atLeast(1);
  public static final Setting EMBED_SORT_WINDOW =
      of(
              "lakehouse.embed.sort-window",
              "2048",
              "texts that are sorted by length before they are sent; the batch size for no sorting")
          .between(1, 1 << 20);
  public static final Setting EMBED_BYTES_IN_FLIGHT =
      of(
              "lakehouse.embed.bytes-in-flight",
              "268435456",
              "bytes of items that an executor holds between storage and model")
          .atLeast(1 << 20);
  public static final Setting EMBED_LANES =
      of("lakehouse.embed.lanes", "2", "batches that a GPU is given at once").between(1, 64);
  public static final Setting EMBED_ITEM_SECONDS =
      of("lakehouse.embed.item-seconds", "60", "seconds that decoding one item may take").seconds();
  public static final Setting EMBED_STALL_SECONDS =
      of(
              "lakehouse.embed.stall-seconds",
              "600",
              "seconds in which nothing moves, after which embedding fails")
          .seconds();
  public static final Setting MEASURE_ITEM_SECONDS =
      of("lakehouse.measure.item-seconds", "60", "seconds that measuring one item may take")
          .seconds();
  public static final Setting INDEX_STALL_SECONDS =
      of(
              "lakehouse.index.stall-seconds",
              "600",
              "seconds in which native code moves nothing, after which work on a search index fails")
          .seconds();
  public static final Setting INDEX_MIN_RECALL =
      of(
          "lakehouse.index.min-recall",
          "0.9",
          "share of the ten nearest that a vector index must find to be released; exact ones find all");
  public static final Setting INDEX_LOCAL_FOLDER =
      optional(
          "lakehouse.index.local-folder",
          "folder of each machine for copies of indexes, where Lance cannot work on the lake's volume;"
              + " among the user's scratch files when not given");
  public static final Setting INDEX_LOCAL_BYTES =
      of("lakehouse.index.local-bytes", "107374182400", "bytes that such copies may take")
          .atLeast(1);
  public static final Setting WAVE_SECONDS =
      of("lakehouse.wave.seconds", "300", "seconds of work that a kill may cost").seconds();
  public static final Setting WAVE_FIRST_ITEMS =
      of(
              "lakehouse.wave.first-items",
              "512",
              "items for each core in the first wave, which shows the pace")
          .between(1, 1 << 20);
  public static final Setting ERRORS_MAX_SHARE_INGEST =
      of("lakehouse.errors.max-share.ingest", "1.0", "share of failed items that ends ingest, 0-1");
  public static final Setting ERRORS_MAX_SHARE_MEASURE =
      of(
          "lakehouse.errors.max-share.measure",
          "1.0",
          "share of failed items that ends measure, 0-1");
  public static final Setting ERRORS_MAX_SHARE_EMBED =
      of("lakehouse.errors.max-share.embed", "0.05", "share of failed items that ends embed, 0-1");
  public static final Setting TEXT_MAX_INLINE =
      of("lakehouse.text.max-inline", "1048576", "bytes of text kept inside a row")
          .between(0, 64 << 20);
  public static final Setting MAX_BYTES =
      of("lakehouse.limits.max-bytes", "17179869184", "bytes of one source file").atLeast(1);
  public static final Setting MAX_PIXELS =
      of("lakehouse.limits.max-pixels", "100000000", "width times height of one image frame")
          .between(1, 700_000_000);
  public static final Setting MAX_SIDE =
      of("lakehouse.limits.max-side", "65500", "pixels along one side of an image")
          .between(1, Integer.MAX_VALUE);
  public static final Setting MAX_FRAMES =
      of("lakehouse.limits.max-frames", "10000", "frames of one animated image")
          .between(1, Integer.MAX_VALUE);
  public static final Setting CHILD_ITEM_SECONDS =
      of(
              "lakehouse.child.item-seconds",
              "3600",
              "seconds that a process may work on one audio, video or document")
          .between(1, 7 * 86_400);
  public static final Setting CHILD_STALL_SECONDS =
      of("lakehouse.child.stall-seconds", "60", "seconds in which such a process may say nothing")
          .between(1, 86_400);
  public static final Setting CHILD_MEMORY =
      of("lakehouse.child.memory", "2147483648", "bytes of memory that such a process may take")
          .between(1L << 28, 1L << 38);
  public static final Setting CHILD_OUTPUT =
      of(
              "lakehouse.child.output",
              "68719476736",
              "bytes that such a process may answer with: 50 hours of stereo sound")
          .atLeast(1 << 20);
  public static final Setting MEDIA_TOOLS =
      optional(
          "lakehouse.media.tools",
          "folder of the programs ffmpeg and ffprobe, when not those that come along");
  public static final Setting VIDEO_FRAMES =
      of(
          "lakehouse.video.frames",
          "scene",
          "pictures kept of a film: scene (one of each shot, more of long ones), uniform, audio"
              + " (where it is loudest) or none");
  public static final Setting VIDEO_FRAMES_EVERY =
      of("lakehouse.video.frames-every", "10", "seconds between two such pictures of one shot")
          .between(1, 86_400);
  public static final Setting VIDEO_MAX_FRAMES =
      of(
              "lakehouse.video.max-frames",
              "200",
              "such pictures of one film; of more, some are kept that spread over all of it")
          .between(1, 10_000);
  public static final Setting VIDEO_FRAME_SIDE =
      of("lakehouse.video.frame-side", "768", "pixels of the longer side of such a picture")
          .between(16, 8_192);
  public static final Setting SPEECH_BUNDLE =
      of(
          "lakehouse.audio.speech-bundle",
          "none",
          "detector that tells speech in sounds: a file of the signature of Silero VAD 5 (.onnx), or a"
              + " folder with one, by URI, absolute path or name below the models; 'none' tells"
              + " speech by its energy");
  public static final Setting MIN_PUBLISHED =
      of("lakehouse.publish.min-published", "1", "rows below which nothing is released").atLeast(0);
  public static final Setting MAX_LEAVING =
      of(
          "lakehouse.publish.max-leaving",
          "0.2",
          "share of what is published that a release may drop; --allow-leaving lifts it once");
  public static final Setting POLICY =
      optional("lakehouse.policy", "file of the quality policy, when not the built-in one");

  public static final Setting REPORT_PAGE =
      of(
          "lakehouse.report.page",
          "true",
          "whether run writes a page to look at beside its report: true or false");

  private static final List<Setting> KEPT =
      List.of(
          TEXT_MODEL,
          CLIP_MODEL,
          TEXT_ROLES,
          TEXT_REQUIRED,
          CLIP_ROLES,
          CLIP_REQUIRED,
          EMBED_PRECISION,
          MAX_PIXELS,
          MAX_SIDE,
          MAX_FRAMES,
          VIDEO_FRAMES,
          VIDEO_FRAMES_EVERY,
          VIDEO_MAX_FRAMES,
          VIDEO_FRAME_SIDE,
          SPEECH_BUNDLE);

  /** What settings were called before, which still may be said. */
  public static final Map<String, Setting> FORMER =
      Map.of(
          "lakehouse.embed.text-model", TEXT_MODEL,
          "lakehouse.embed.clip-model", CLIP_MODEL);

  private static final Pattern FAMILY =
      Pattern.compile("lakehouse\\.family\\.([a-z][a-z0-9]{0,23})\\.(bundle|roles|required)");

  private static final List<Setting> HERE =
      List.of(
          LAKE,
          LAKE_TABLES,
          LAKE_BLOBS,
          LAKE_INDEX,
          MODELS,
          MODELS_WARM_BYTES,
          POLICY,
          TEXT_MODEL,
          CLIP_MODEL,
          TEXT_ROLES,
          TEXT_REQUIRED,
          CLIP_ROLES,
          CLIP_REQUIRED,
          EMBED_DEVICE,
          EMBED_PRECISION,
          EMBED_BATCH,
          EMBED_BATCH_BYTES,
          EMBED_BATCH_TOKENS,
          EMBED_SORT_WINDOW,
          EMBED_BYTES_IN_FLIGHT,
          EMBED_LANES,
          EMBED_ITEM_SECONDS,
          EMBED_STALL_SECONDS,
          MEASURE_ITEM_SECONDS,
          INDEX_STALL_SECONDS,
          INDEX_MIN_RECALL,
          INDEX_LOCAL_FOLDER,
          INDEX_LOCAL_BYTES,
          WAVE_SECONDS,
          WAVE_FIRST_ITEMS,
          ERRORS_MAX_SHARE_INGEST,
          ERRORS_MAX_SHARE_MEASURE,
          ERRORS_MAX_SHARE_EMBED,
          TEXT_MAX_INLINE,
          MAX_BYTES,
          MAX_PIXELS,
          MAX_SIDE,
          MAX_FRAMES,
          CHILD_ITEM_SECONDS,
          CHILD_STALL_SECONDS,
          CHILD_MEMORY,
          CHILD_OUTPUT,
          MEDIA_TOOLS,
          VIDEO_FRAMES,
          VIDEO_FRAMES_EVERY,
          VIDEO_MAX_FRAMES,
          VIDEO_FRAME_SIDE,
          SPEECH_BUNDLE,
          MIN_PUBLISHED,
          MAX_LEAVING,
          REPORT_PAGE);

  /** Every setting, in the order of the documentation. */
  public static List<Setting> all() {
    return Stream.of(HERE, DocumentSetting.ALL, UrlSetting.ALL, ServeSetting.ALL)
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Those that decide what a lake holds rather than how fast: a lake keeps them in force until it
   * is given others.
   */
  public static List<Setting> kept() {
    return Stream.concat(KEPT.stream(), DocumentSetting.KEPT.stream()).toList();
  }

  /** The setting that names the bundle of a family; off where nobody sets it. */
  public static Setting family(String name) {
    return ofFamily(
        name, "bundle", "none", "model bundle of family %s; 'none' turns it off".formatted(name));
  }

  /** The setting that names the parts of assets that a family takes. */
  public static Setting familyRoles(String name) {
    return ofFamily(name, "roles", ALL_ROLES, "parts of assets in family %s".formatted(name));
  }

  /** The setting that says whether assets wait for the vectors of a family. */
  public static Setting familyRequired(String name) {
    return ofFamily(
        name, "required", "true", "whether an asset waits for its vectors of family " + name);
  }

  private static Setting ofFamily(String name, String what, String fallback, String meaning) {
    String key = "lakehouse.family.%s.%s".formatted(name, what);
    return all().stream()
        .filter(setting -> setting.key().equals(key))
        .findFirst()
        .orElseGet(() -> of(key, fallback, meaning));
  }

  /** The family that a key is about; empty for any other key. */
  public static Optional<String> familyOf(String key) {
    Matcher matcher = FAMILY.matcher(key);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}

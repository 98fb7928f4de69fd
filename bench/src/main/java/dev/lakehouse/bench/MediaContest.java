// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.child.Command;
import dev.lakehouse.core.child.MediaTools;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.media.MediaFile;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.curate.Probe;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.kind.audio.AudioProbe;
import dev.lakehouse.core.kind.video.VideoProbe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measuring recordings and films beside the bare {@code ffmpeg} on the same files: decoding them to
 * nothing, and for sound with the same loudness filter. One file after the other, each on one core.
 *
 * @param folder whose files are measured; what is no sound or film is passed over
 * @param rounds in which all are measured in turn; the shortest counts
 */
record MediaContest(Path folder, int rounds) {
  private static final String AUDIO = "audio";
  private static final String VIDEO = "video";

  /**
   * What was measured of a kind.
   *
   * @param kind audio or video
   * @param files how many
   * @param seconds that they last
   * @param decodeSeconds of ffmpeg to nothing
   * @param filterSeconds of ffmpeg with the filters that give the same figures
   * @param measureSeconds of ours
   */
  record Outcome(
      String kind,
      int files,
      double seconds,
      double decodeSeconds,
      double filterSeconds,
      double measureSeconds) {}

  private record Medium(String kind, Path file, MediaFile media, String stored) {}

  List<Outcome> hold() throws Exception {
    Path store = Files.createTempDirectory("media-bench");
    BlobStore blobs = BlobStores.at(store.toUri().toString(), Map.of());
    List<Medium> media = media(blobs);
    List<Outcome> outcomes = new ArrayList<>();
    for (String kind : List.of(AUDIO, VIDEO)) {
      List<Medium> of = media.stream().filter(each -> each.kind().equals(kind)).toList();
      if (!of.isEmpty()) {
        outcomes.add(outcome(kind, of, new Contents(blobs, Map.of(), Long.MAX_VALUE)));
      }
    }
    return outcomes;
  }

  private List<Medium> media(BlobStore blobs) throws IOException {
    List<Medium> media = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        try {
          MediaFile opened = MediaFile.open(file, MediaTools.standard());
          String kind = opened.mediaType().startsWith(VIDEO) ? VIDEO : AUDIO;
          boolean holds = (kind.equals(VIDEO) ? opened.film() : opened.sound()).isPresent();
          if (holds) {
            media.add(new Medium(kind, file, opened, put(blobs, file)));
          }
        } catch (ItemException e) {
          System.err.printf("bench: passed over %s: %s%n", file, e.getMessage());
        }
      }
    }
    return media;
  }

  private static String put(BlobStore blobs, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return blobs.put(in);
    }
  }

  private Outcome outcome(String kind, List<Medium> media, Contents contents) throws Exception {
    double decode = Double.MAX_VALUE;
    double filter = Double.MAX_VALUE;
    double measure = Double.MAX_VALUE;
    for (int round = 0; round <= rounds; round++) { // the first brings files into memory
      double decoded = bare(media, false);
      double filtered = bare(media, true);
      double measured =
          ours(kind.equals(AUDIO) ? new AudioProbe() : new VideoProbe(), media, contents);
      if (round > 0) {
        decode = Math.min(decode, decoded);
        filter = Math.min(filter, filtered);
        measure = Math.min(measure, measured);
      }
    }
    double seconds = media.stream().mapToDouble(each -> each.media().seconds().orElse(0)).sum();
    return new Outcome(kind, media.size(), seconds, decode, filter, measure);
  }

  private static double bare(List<Medium> media, boolean filtered) throws Exception {
    Clock clock = new Clock();
    for (Medium medium : media) {
      List<String> after = new ArrayList<>();
      boolean sound = medium.kind().equals(AUDIO);
      after.addAll(List.of("-map", sound ? "0:a:0" : "0:v:0"));
      if (filtered) {
        after.addAll(
            sound
                ? List.of("-af", "ebur128=peak=true:framelog=quiet")
                : List.of("-vf", "select='gte(scene,0)'"));
      }
      after.addAll(List.of("-f", "null", "-"));
      run(MediaTools.standard().convert(medium.file(), medium.media().demuxer(), List.of(), after));
    }
    return clock.spent(media.size()).seconds();
  }

  private static void run(Command command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command.program())
            .redirectInput(command.input().toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(command.environment());
    int unused = builder.start().waitFor(); // of what is damaged, as ours is
  }

  private static double ours(Probe probe, List<Medium> media, Contents contents) throws Exception {
    Limits limits = Limits.from(Settings.defaults());
    Clock clock = new Clock();
    for (Medium medium : media) {
      try (Opened opened = contents.open(Content.ofColumns(null, medium.stored(), null))) {
        probe.measure(opened, limits, Values.of(Kinds.MEASUREMENTS));
      } catch (ItemException e) {
        // damaged, as for the other
      }
    }
    return clock.spent(media.size()).seconds();
  }

  /** Prints it for people, or as JSON. */
  static void print(List<Outcome> outcomes, boolean json) {
    if (json) {
      System.out.println(Json.pretty(outcomes));
      return;
    }
    System.out.println("kind   files  lasts s  decode s  filters s  measure s  filters/measure");
    for (Outcome each : outcomes) {
      System.out.printf(
          Locale.ROOT,
          "%-6s %5d %8.1f %9.2f %10.2f %10.2f %16.2f%n",
          each.kind(),
          each.files(),
          each.seconds(),
          each.decodeSeconds(),
          each.filterSeconds(),
          each.measureSeconds(),
          each.filterSeconds() / each.measureSeconds());
    }
  }
}

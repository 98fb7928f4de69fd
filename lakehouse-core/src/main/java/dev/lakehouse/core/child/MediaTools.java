// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * FFmpeg's two programs, run on one file that nobody trusts.
 *
 * <p>They see the file as a descriptor without a name, may open nothing else (no file, no socket),
 * take it for the container that its first bytes name rather than guess, and use one core.
 *
 * @param folder where they are; empty for those inside our jar
 * @param limits what each run of them may take
 */
public record MediaTools(String folder, ChildLimits limits) implements Serializable {
  private static final List<String> QUIET = List.of("-hide_banner", "-v", "level+error");
  private static final String NOTHING_ELSE = "fd,pipe";

  /** Those that the settings name. */
  public static MediaTools from(Settings settings) {
    return new MediaTools(
        settings.find(Setting.MEDIA_TOOLS).orElse(""), ChildLimits.from(settings));
  }

  /** Those inside our jar, with limits as nobody set them. */
  public static MediaTools standard() {
    return from(Settings.defaults());
  }

  /**
   * What {@code ffprobe} says of a file.
   *
   * @param demuxer name of the container's reader
   * @param what its options, which make it answer in JSON for instance
   */
  public Command probe(Path file, String demuxer, List<String> what) {
    List<String> words = new ArrayList<>(List.of(program("ffprobe")));
    words.addAll(QUIET);
    words.addAll(input(demuxer));
    words.addAll(what);
    return command(words, file);
  }

  /**
   * A conversion of a file by {@code ffmpeg}, whose answer goes to {@code pipe:1}.
   *
   * @param demuxer name of the container's reader
   * @param before options before the input, such as a place to begin at
   * @param after what to make of it
   */
  public Command convert(Path file, String demuxer, List<String> before, List<String> after) {
    List<String> words = new ArrayList<>(List.of(program("ffmpeg")));
    words.addAll(QUIET);
    words.addAll(List.of("-nostats", "-threads", "1", "-filter_threads", "1"));
    words.addAll(before);
    words.addAll(input(demuxer));
    words.addAll(after);
    return command(words, file);
  }

  private static List<String> input(String demuxer) {
    return List.of("-protocol_whitelist", NOTHING_ELSE, "-f", demuxer, "-fd", "0", "-i", "fd:");
  }

  private String program(String name) {
    return home().resolve(name).toString();
  }

  private Path home() {
    return folder.isEmpty() ? MediaNatives.folder() : Path.of(folder);
  }

  private Command command(List<String> words, Path file) {
    Map<String, String> environment =
        folder.isEmpty() ? Map.of("LD_LIBRARY_PATH", home().toString()) : Map.of();
    return new Command(words, file, environment, limits);
  }
}

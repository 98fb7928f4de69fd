// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import dev.lakehouse.core.child.EmptyLibrary.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Libraries that FFmpeg's programs ask for when they start and that no file needs, so that they
 * start where nobody has a desktop.
 */
final class StandIns {
  /** It opens cameras, microphones and screens, by PulseAudio, ALSA and X11. */
  private static final Pattern DEVICES = Pattern.compile("libavdevice\\.so\\.(\\d+)");

  private static final List<String> OF_DEVICES =
      List.of(
          "avdevice_register_all",
          "avdevice_version",
          "avdevice_list_input_sources",
          "avdevice_list_output_sinks",
          "avdevice_free_list_devices",
          "av_input_audio_device_next",
          "av_input_video_device_next",
          "av_output_audio_device_next",
          "av_output_video_device_next");

  /** Graphics cards that decode, of which none is asked; only some of the jars have them. */
  private static final List<String> OF_GRAPHICS =
      List.of("libva.so.2", "libva-drm.so.2", "libdrm.so.2");

  private static final String VERSION_OF_GRAPHICS = "VA_API_0.33.0";

  private StandIns() {}

  /** Puts them beside what was unpacked. */
  static void write(Path folder, Machine machine) throws IOException {
    for (String name : OF_GRAPHICS) {
      if (!Files.exists(folder.resolve(name))) {
        EmptyLibrary none =
            new EmptyLibrary(machine, name, VERSION_OF_GRAPHICS, List.of(), List.of());
        Files.write(folder.resolve(name), none.bytes());
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher devices = DEVICES.matcher(file.getFileName().toString());
        if (devices.matches()) {
          Files.write(file, devices(machine, devices.group(), devices.group(1)).bytes());
        }
      }
    }
  }

  private static EmptyLibrary devices(Machine machine, String name, String major) {
    List<String> told = List.of("avdevice_configuration");
    return new EmptyLibrary(machine, name, "LIBAVDEVICE_" + major, OF_DEVICES, told);
  }
}

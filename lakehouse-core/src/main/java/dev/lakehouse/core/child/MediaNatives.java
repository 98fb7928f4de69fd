// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.child.EmptyLibrary.Machine;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/** FFmpeg's programs and libraries as our jar carries them, unpacked once on a machine. */
final class MediaNatives {
  private static final String ROOT = "org/bytedeco/ffmpeg/";

  /** Libraries that are looked for by their full name and packed by the short one. */
  private static final List<String> SHORTENED = List.of("libva.so", "libva-drm.so");

  private MediaNatives() {}

  private static final class Unpacked {
    static final Path FOLDER = unpack();
  }

  /** Where they are. */
  static Path folder() {
    return Unpacked.FOLDER;
  }

  private static Path unpack() {
    String prefix = ROOT + platform() + "/";
    URL program = MediaNatives.class.getClassLoader().getResource(prefix + "ffmpeg");
    if (program == null) {
      throw LakehouseException.of(
          ErrorCode.DECODER_UNAVAILABLE,
          "Cannot read audio and video: expected FFmpeg for %s on the class path (%sffmpeg), found"
              + " none. Add the jar with natives of this platform, or set lakehouse.media.tools to"
              + " a folder with ffmpeg and ffprobe",
          platform(),
          prefix);
    }
    try (JarFile jar = new JarFile(jarOf(program))) {
      List<JarEntry> files = files(jar, prefix);
      String identity =
          files.stream()
              .map(entry -> "%s %d %08x".formatted(name(entry), entry.getSize(), entry.getCrc()))
              .collect(Collectors.joining("\n", "", "\nstand-ins 1"));
      return NodeCache.get("ffmpeg", identity, folder -> unpack(jar, files, folder));
    } catch (IOException | URISyntaxException e) {
      throw LakehouseException.because(
          e, ErrorCode.DECODER_UNAVAILABLE, "Cannot read FFmpeg in %s: %s", program, e);
    }
  }

  private static File jarOf(URL resource) throws IOException, URISyntaxException {
    return new File(((JarURLConnection) resource.openConnection()).getJarFileURL().toURI());
  }

  private static List<JarEntry> files(JarFile jar, String prefix) {
    return jar.stream()
        .filter(entry -> entry.getName().startsWith(prefix) && !entry.isDirectory())
        .filter(entry -> !name(entry).startsWith("libjni")) // for calls from within a JVM
        .sorted(Comparator.comparing(JarEntry::getName))
        .toList();
  }

  private static void unpack(JarFile jar, List<JarEntry> files, Path folder) throws IOException {
    for (JarEntry entry : files) {
      try (InputStream in = jar.getInputStream(entry)) {
        write(in, folder, name(entry));
      }
    }
    if (platform().startsWith("linux")) {
      StandIns.write(folder, platform().endsWith("arm64") ? Machine.AARCH64 : Machine.X86_64);
    }
  }

  private static void write(InputStream in, Path folder, String name) throws IOException {
    Path target = folder.resolve(SHORTENED.contains(name) ? name + ".2" : name);
    Files.copy(in, target);
    if (!name.startsWith("lib")) {
      target.toFile().setExecutable(true, true);
    }
  }

  private static String name(JarEntry entry) {
    return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
  }

  /** As the jars name this machine. */
  static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    return (os.startsWith("mac") ? "macosx" : "linux")
        + (arch.equals("aarch64") || arch.equals("arm64") ? "-arm64" : "-x86_64");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.core.demo.DemoData;
import dev.lakehouse.dist.LauncherProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake on a local path where no rename and no link succeeds, for Java and native code alike: a
 * library that is loaded before the C library refuses them below one folder, as a mount would. All
 * else is the real disk. Needs Linux and a C compiler.
 */
@Tag("slow")
class TestMountWithoutLinks {
  private static final String REFUSING =
      """
      #define _GNU_SOURCE
      #include <errno.h>
      #include <fcntl.h>
      #include <limits.h>
      #include <stdio.h>
      #include <string.h>
      #include <sys/syscall.h>
      #include <unistd.h>

      static int refused(int at, const char *path) {
        char place[PATH_MAX], open_file[64];
        if (path[0] == '/') return strstr(path, MOUNT) != 0;
        if (at == AT_FDCWD) return getcwd(place, sizeof place) && strstr(place, MOUNT) != 0;
        snprintf(open_file, sizeof open_file, "/proc/self/fd/%d", at);
        ssize_t length = readlink(open_file, place, sizeof place - 1);
        if (length < 0) return 0;
        place[length] = 0;
        return strstr(place, MOUNT) != 0;
      }

      int renameat2(int at, const char *a, int to, const char *b, unsigned flags) {
        if (refused(to, b)) { errno = EPERM; return -1; }
        return syscall(SYS_renameat2, at, a, to, b, flags);
      }
      int renameat(int at, const char *a, int to, const char *b) {
        return renameat2(at, a, to, b, 0);
      }
      int rename(const char *a, const char *b) {
        return renameat2(AT_FDCWD, a, AT_FDCWD, b, 0);
      }
      int linkat(int at, const char *a, int to, const char *b, int flags) {
        if (refused(to, b)) { errno = EPERM; return -1; }
        return syscall(SYS_linkat, at, a, to, b, flags);
      }
      int link(const char *a, const char *b) {
        return linkat(AT_FDCWD, a, AT_FDCWD, b, 0);
      }
      """;

  @TempDir Path folder;
  private Map<String, String> environment;
  private String lake;

  @BeforeEach
  void mount() throws Exception {
    Path mount = Files.createDirectory(folder.resolve("mount"));
    lake = mount.resolve("lake").toString();
    Path source = Files.writeString(folder.resolve("refusing.c"), REFUSING);
    Path library = folder.resolve("refusing.so");
    assumeTrue(
        isDone(
            "cc",
            "-shared",
            "-fPIC",
            "-DMOUNT=\"" + mount + "/\"",
            "-o",
            library + "",
            source + ""),
        "skipped: no C compiler");
    environment = Map.of("LD_PRELOAD", library.toString());
    Path file = Files.createFile(mount.resolve("file"));
    ProcessBuilder link = new ProcessBuilder("ln", file.toString(), file + "-again");
    link.environment().putAll(environment);
    assertThat(link.start().waitFor()).as("it refuses").isNotZero();
  }

  private boolean isDone(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private String ok(String... arguments) throws Exception {
    Result result = LauncherProcess.in(folder).run(environment, arguments);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out() + result.err();
  }

  @Test
  void aLakeIsRunSearchedAndKept() throws Exception {
    DemoData data = DemoData.write(folder.resolve("data"), 7);
    String pictures = data.manifest().resolveSibling("images").toString();
    ok("run", pictures, "--lake", lake, "--set", "lakehouse.family.clip.bundle=shapes-clip");
    Files.writeString(data.texts().resolve("tide.txt"), "The tide comes in twice a day.\n");
    ok("run", data.texts().toString(), "--lake", lake);

    assertThat(ok("search", "why the sea comes and goes", "--lake", lake, "--family", "text"))
        .contains("tide.txt");
    ok("audit", "--lake", lake, "--all");
    ok("gc", "--lake", lake, "--apply");
    ok("release", "rollback", "--yes", "--lake", lake);
    ok("search", "a red circle", "--lake", lake, "--family", "clip");
    Result doctor = LauncherProcess.in(folder).run(environment, "doctor", "--lake", lake);
    assertThat(doctor.out()) // whatever it says of this machine
        .contains("creates its commits")
        .contains("indexes are copied there");
    assertThat(left("index")).allMatch(path -> path.contains(".copies/"));
    assertThat(left("")).noneMatch(path -> path.contains("/.staging/"));
  }

  private List<String> left(String part) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(lake).resolve(part))) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.child.ChildLimits;
import dev.lakehouse.core.child.Finished;
import dev.lakehouse.core.child.MediaTools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestMediaFile {
  private static final MediaTools TOOLS = MediaTools.standard();

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void assertRefused(Path file, ItemError code) {
    assertThatThrownBy(() -> MediaFile.open(file, TOOLS))
        .isInstanceOfSatisfying(ItemException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whatIsNoMediumIsNotGivenToADecoder() throws Exception {
    assertRefused(write("text.mp3", "These are words."), ItemError.UNSUPPORTED_FORMAT);
    assertRefused(
        write("list.mp4", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"),
        ItemError.UNSUPPORTED_FORMAT);
    assertRefused(
        write("list.mkv", "ffconcat version 1.0\nfile '/etc/passwd'\n"),
        ItemError.UNSUPPORTED_FORMAT);
  }

  @Test
  void aPlaylistOpensNothingWhateverReadsIt() throws Exception {
    Path secret = write("secret.ts", "the secret");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(200);
      String list =
          """
          #EXTM3U
          #EXT-X-TARGETDURATION:1
          #EXTINF:1,
          %s
          #EXTINF:1,
          http://127.0.0.1:%d/x.ts
          #EXT-X-ENDLIST
          """
              .formatted(secret.toUri(), server.getLocalPort());
      for (String reader : List.of("hls", "concat", "mov", "matroska", "mp3")) {
        Finished<String> probed =
            TOOLS
                .probe(write("list.mp4", list), reader, List.of("-show_streams", "-show_packets"))
                .run(in -> new String(in.readAllBytes(), StandardCharsets.UTF_8), line -> {});

        assertThat(probed.value() + probed.complaints()).as(reader).doesNotContain("the secret");
        assertThat(probed.value()).as(reader).doesNotContain("[STREAM]");
      }
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aDecoderThatHangsCostsTheFile() throws Exception {
    Path programs = Files.createDirectories(folder.resolve("programs"));
    script(programs.resolve("ffprobe"), "exec sleep 1000");
    ChildLimits impatient =
        new ChildLimits(Duration.ofMinutes(5), Duration.ofMillis(300), 1L << 30, 1 << 20);

    assertThatThrownBy(() -> MediaFile.open(wave(), new MediaTools(programs.toString(), impatient)))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.TIME_LIMIT));
  }

  @Test
  void aDecoderThatCrashesCostsTheFile() throws Exception {
    Path programs = Files.createDirectories(folder.resolve("programs"));
    script(programs.resolve("ffprobe"), "kill -SEGV $$");

    assertThatThrownBy(
            () -> MediaFile.open(wave(), new MediaTools(programs.toString(), TOOLS.limits())))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.DECODER_CRASHED));
  }

  @Test
  void aFolderWithoutProgramsIsForTheOperator() {
    assertThatThrownBy(
            () -> MediaFile.open(wave(), new MediaTools(folder.toString(), TOOLS.limits())))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("ffprobe");
  }

  private Path wave() throws IOException {
    return Files.write(folder.resolve("x.wav"), Waves.tone(8_000, 1, 440, 0.2));
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void containersAreToldApartByTheirTracks() throws Exception {
    Path video = SharedData.require("data/video");

    assertThat(MediaFile.open(video.resolve("scenes/scenes_a.mp4"), TOOLS).mediaType())
        .isEqualTo("video/mp4");
    assertThat(MediaFile.open(video.resolve("scenes/scenes_b.webm"), TOOLS).mediaType())
        .isEqualTo("video/webm");
    assertThat(MediaFile.open(video.resolve("neardup/remux.mkv"), TOOLS).mediaType())
        .isEqualTo("video/x-matroska");
    assertThat(MediaFile.open(video.resolve("edge/video_0.mov"), TOOLS).mediaType())
        .isEqualTo("video/quicktime");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.s3.model.AmazonS3Exception;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.s3a.AWSS3IOException;
import org.apache.hadoop.fs.s3a.AWSServiceThrottledException;
import org.apache.hadoop.fs.s3a.AWSStatus500Exception;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestHindrance {
  @TempDir Path folder;

  @Test
  void saysWhatAnExceptionLeavesToItsClass() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "x");

    assertThatThrownBy(() -> Files.readString(folder.resolve("none")))
        .satisfies(
            e -> assertThat(Hindrance.words(e)).isEqualTo("there is no such file or folder"));
    assertThatThrownBy(() -> Files.readString(folder))
        .satisfies(e -> assertThat(Hindrance.words(e)).isEqualTo("it is a folder, not a file"));
    assertThatThrownBy(() -> Files.list(file))
        .satisfies(e -> assertThat(Hindrance.words(e)).isEqualTo("it is a file, not a folder"));
    assertThatThrownBy(() -> Files.createDirectories(file.resolve("b")))
        .satisfies(e -> assertThat(Hindrance.words(e)).contains("a file"));
    assertThat(Hindrance.words(new FileNotFoundException("/x (Permission denied)")))
        .isEqualTo("permission denied");
    assertThat(Hindrance.words(new IOException((String) null)))
        .isEqualTo("no reason was given (IOException)");
  }

  @Test
  void tellsWhatStaysFromWhatMayPass() {
    assertThat(Hindrance.isLasting(new AccessDeniedException("/x"))).isTrue();
    assertThat(Hindrance.isLasting(new FileSystemException("/x", null, "Read-only file system")))
        .isTrue();
    assertThat(Hindrance.isLasting(new IOException("Mkdirs failed to create file:/proc/lake")))
        .isTrue();
    assertThat(Hindrance.isLasting(new FileNotFoundException("/lake/tables/x"))).isFalse();
    assertThat(Hindrance.isLasting(new IOException("Connection reset"))).isFalse();
    assertThat(Hindrance.isLasting(new IllegalStateException("permission denied"))).isFalse();
    assertThat(Hindrance.isLasting(new AccessDeniedException("s3a://x", null, "ExpiredToken")))
        .isFalse();
  }

  @Test
  void knowsWhatStoresSayThatMayPass() {
    assertThat(Hindrance.isPassing(new AccessDeniedException("s3a://x", null, "ExpiredToken")))
        .isTrue();
    assertThat(Hindrance.isPassing(new SocketTimeoutException("Read timed out"))).isTrue();
    assertThat(Hindrance.isPassing(new AWSStatus500Exception("get", failure(500)))).isTrue();
    assertThat(Hindrance.isPassing(new AWSServiceThrottledException("get", failure(503)))).isTrue();
    assertThat(Hindrance.isPassing(new AWSS3IOException("get", failure(418)))).isFalse();
    assertThat(Hindrance.isPassing(new IOException("No space left on device"))).isFalse();
    assertThat(Hindrance.isPassing(new IllegalStateException("ExpiredToken"))).isFalse();
  }

  private static AmazonS3Exception failure(int status) {
    AmazonS3Exception failure = new AmazonS3Exception("made up");
    failure.setStatusCode(status);
    return failure;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stood in the way of reading or writing a file, as people say it: a {@code
 * NoSuchFileException} says nothing but the path, and other systems say it in words of their own.
 */
public final class Hindrance {
  private static final String DENIED = "permission denied";

  /** What systems and libraries write of hindrances that stay until somebody does something. */
  private static final List<Pattern> LASTING =
      List.of(
          Pattern.compile("permission denied|access denied|operation not permitted"),
          Pattern.compile("read-only file system"),
          Pattern.compile("not a directory|is a directory"),
          Pattern.compile("mkdirs failed to create|cannot create file:"),
          Pattern.compile("no filesystem for scheme|unsupportedfilesystem"),
          Pattern.compile("file name too long"));

  /** What S3 says of keys that ended and of too many requests, and Lance of a store in general. */
  private static final Pattern PASSING =
      Pattern.compile("ExpiredToken|SlowDown|Generic (S3|GCS|MicrosoftAzure) error");

  /** The rest of what S3 answered; a kind of what went wrong on the way, which may pass. */
  private static final String ANSWERED = "org.apache.hadoop.fs.s3a.AWSServiceIOException";

  private static final Set<String> PASSING_KINDS =
      Set.of(
          "org.apache.hadoop.fs.s3a.AWSClientIOException",
          "org.apache.hadoop.fs.s3a.AWSNoResponseException",
          "org.apache.hadoop.fs.s3a.AWSServiceThrottledException",
          "org.apache.hadoop.fs.s3a.AWSStatus500Exception");

  private Hindrance() {}

  /** In a few words that go on a sentence, without the path. */
  public static String words(Throwable thrown) {
    if (thrown instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (thrown instanceof AccessDeniedException) {
      return DENIED;
    }
    if (thrown instanceof NotDirectoryException) {
      return "it is a file, not a folder";
    }
    if (thrown instanceof FileAlreadyExistsException) {
      return "a file of that name is already there";
    }
    if (thrown instanceof FileSystemLoopException) {
      return "links lead in a circle";
    }
    if (thrown instanceof EOFException) {
      return "it ends in the middle";
    }
    if (thrown instanceof CharacterCodingException) {
      return "it is no UTF-8 text";
    }
    return thrown instanceof JsonProcessingException json ? parsed(json) : said(thrown);
  }

  private static String parsed(JsonProcessingException e) {
    String problem = e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
    return Optional.ofNullable(e.getLocation())
        .map(at -> "line %d: %s".formatted(at.getLineNr(), problem))
        .orElse(problem);
  }

  /** With the path, where the exception has one. */
  public static String withPlace(Throwable thrown) {
    return thrown instanceof FileSystemException file && file.getFile() != null
        ? file.getFile() + ": " + words(thrown)
        : firstLine(String.valueOf(thrown.getMessage()));
  }

  private static String said(Throwable thrown) {
    Optional<String> message = reason(thrown).map(Hindrance::firstLine);
    String lower = message.orElse("").toLowerCase(Locale.ROOT);
    if (lower.contains(DENIED)) {
      return DENIED;
    }
    if (lower.contains("is a directory")) {
      return "it is a folder, not a file";
    }
    if (lower.contains("not a directory")) {
      return "a part of its path is a file, not a folder";
    }
    if (thrown instanceof FileNotFoundException) {
      return "there is no such file or folder";
    }
    return message
        .filter(said -> !said.isBlank())
        .orElse("no reason was given (%s)".formatted(thrown.getClass().getSimpleName()));
  }

  private static Optional<String> reason(Throwable thrown) {
    return thrown instanceof FileSystemException file
        ? Optional.ofNullable(file.getReason())
        : Optional.ofNullable(thrown.getMessage());
  }

  private static String firstLine(String message) {
    return message.strip().lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }

  /**
   * Whether it stays until somebody does something, so that repeating is of no use. That a file is
   * not there counts as passing: another command may just have replaced it.
   */
  public static boolean isLasting(Throwable thrown) {
    if (isPassing(thrown)) {
      return false; // keys that ended are refused as if they had no right
    }
    if (thrown instanceof AccessDeniedException || thrown instanceof NotDirectoryException) {
      return true;
    }
    return thrown instanceof IOException && saysSo(thrown.getMessage());
  }

  /** Whether it is a store's or the network's way to say that this may work later. */
  public static boolean isPassing(Throwable thrown) {
    return thrown instanceof ConnectException
        || thrown instanceof NoRouteToHostException
        || thrown instanceof SocketTimeoutException
        || isPassing(thrown.getClass())
        || thrown instanceof IOException && PASSING.matcher("" + thrown.getMessage()).find();
  }

  /** By name, since a cluster may have another client of S3, or none. */
  private static boolean isPassing(@Nullable Class<?> kind) {
    return kind != null
        && !ANSWERED.equals(kind.getName())
        && (PASSING_KINDS.contains(kind.getName()) || isPassing(kind.getSuperclass()));
  }

  private static boolean saysSo(@Nullable String message) {
    String lower = message == null ? "" : message.toLowerCase(Locale.ROOT);
    return LASTING.stream().anyMatch(pattern -> pattern.matcher(lower).find());
  }
}

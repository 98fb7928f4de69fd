// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.video;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.ColumnType.Scalar.BIGINT;
import static dev.lakehouse.core.ColumnType.Scalar.BOOLEAN;
import static dev.lakehouse.core.ColumnType.Scalar.DOUBLE;
import static dev.lakehouse.core.ColumnType.Scalar.INT;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.media.Film;
import dev.lakehouse.core.codec.media.MediaFile;
import dev.lakehouse.core.codec.media.MediaStream;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.curate.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * Measures a film, decoding its pictures once and to their end. Times are those at which pictures
 * are shown, never a number of pictures divided by a rate.
 */
public final class VideoProbe implements Probe {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "video@1";
  }

  @Override
  public List<String> before() {
    return List.of();
  }

  @Override
  public String modality() {
    return Modality.VIDEO.word();
  }

  @Override
  public List<Column> columns() {
    return List.of(
        optional("video_format", STRING, "container format"),
        optional("video_codec", STRING, "coding, by FFmpeg's name"),
        optional("video_seconds", DOUBLE, "from the first picture to the end of the last"),
        optional("video_declared_seconds", DOUBLE, "what the header claims"),
        optional("video_width", INT, "pixels, as shown"),
        optional("video_height", INT, "pixels, as shown"),
        optional("video_rotation", INT, "degrees clockwise that were applied: 0, 90, 180, 270"),
        optional("video_frames", BIGINT, "decoded pictures"),
        optional(
            "video_missing", DOUBLE, "share of the claimed pictures that are not there, 0 to 1"),
        optional("frames_per_second", DOUBLE, "on average; 0 for a single picture"),
        optional("frame_irregularity", DOUBLE, "longest time of a picture by the average one"),
        optional("video_bit_rate", BIGINT, "bits a second"),
        optional("cuts", new ArrayOf(DOUBLE), "seconds from the first picture"),
        optional("black", DOUBLE, "share of time, 0 to 1"),
        optional("frozen", DOUBLE, "share of time, 0 to 1"),
        optional("has_audio", BOOLEAN, "whether there is a stream of sound"));
  }

  @Override
  public String amount() {
    return "CAST(1000 * video_seconds AS BIGINT)";
  }

  @Override
  public Duration patience(Limits limits) {
    return limits.media().limits().item();
  }

  @Override
  public void measure(Opened content, Limits limits, Values figures) throws ItemException {
    try {
      MediaFile media = MediaFile.open(content.file(), limits.media());
      MediaStream stream = media.requireFilm();
      measure(media, stream, limits, figures);
    } catch (IOException e) {
      throw new UncheckedIOException("No room for a copy of it, or none to read it from", e);
    }
  }

  private static void measure(MediaFile media, MediaStream stream, Limits limits, Values figures)
      throws ItemException {
    limits.requireArea(stream.width(), stream.height());
    FilmFigures film = new FilmFigures();
    List<String> complaints = Film.measure(media, stream, film);
    if (film.frames() == 0) {
      throw new ItemException(
          complaints.isEmpty() ? ItemError.ZERO_DURATION : ItemError.CORRUPT,
          "No picture in it: " + String.join("; ", complaints));
    }
    setFacts(media, stream, figures);
    long claimed = stream.frames();
    figures
        .set("video_missing", claimed > 0 ? Math.max(0, 1 - (double) film.frames() / claimed) : 0)
        .set("video_seconds", film.seconds())
        .set("video_frames", film.frames())
        .set("frames_per_second", film.framesPerSecond())
        .set("frame_irregularity", film.irregularity())
        .set("cuts", film.cuts())
        .set("black", film.black())
        .set("frozen", film.frozen())
        .set("warnings", complaints);
  }

  private static void setFacts(MediaFile media, MediaStream stream, Values figures) {
    boolean lying = stream.rotation() % 180 != 0;
    figures
        .set("video_format", media.format())
        .set("video_codec", stream.codec())
        .set("video_width", lying ? stream.height() : stream.width())
        .set("video_height", lying ? stream.width() : stream.height())
        .set("video_rotation", stream.rotation())
        .set("has_audio", media.sound().isPresent());
    if (stream.seconds().isPresent()) {
      figures.set("video_declared_seconds", stream.seconds().getAsDouble());
    } else if (media.seconds().isPresent()) {
      figures.set("video_declared_seconds", media.seconds().getAsDouble());
    }
    long rate = stream.bitRate().orElse(media.bitRate().orElse(0));
    if (rate > 0) {
      figures.set("video_bit_rate", rate);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.video;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.media.FrameChoice;
import dev.lakehouse.core.codec.media.Keyframe;
import dev.lakehouse.core.codec.media.Keyframes;
import dev.lakehouse.core.codec.media.MediaFile;
import dev.lakehouse.core.codec.media.MediaStream;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.derive.Deriver;
import dev.lakehouse.core.derive.Still;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The pictures by which a film is found, each named by the time for which it stands.
 *
 * @param choice which they are
 */
public record VideoKeyframes(FrameChoice choice) implements Deriver {

  @Override
  public String name() {
    return "keyframes@1(%s)".formatted(choice.word());
  }

  @Override
  public String modality() {
    return Modality.VIDEO.word();
  }

  @Override
  public Duration patience(Limits limits) {
    return limits.media().limits().item();
  }

  @Override
  public List<Still> pieces(Opened content, Limits limits) throws ItemException {
    try {
      MediaFile media = MediaFile.open(content.file(), limits.media());
      MediaStream stream = media.requireFilm();
      limits.requireArea(stream.width(), stream.height());
      return Keyframes.of(media, choice).stream().map(VideoKeyframes::still).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("No room for a copy of it, or none to read it from", e);
    }
  }

  private static Still still(Keyframe frame) {
    String span = String.format(Locale.ROOT, "time/%.3f-%.3f", frame.from(), frame.to());
    return new Still(span, frame.jpeg());
  }
}

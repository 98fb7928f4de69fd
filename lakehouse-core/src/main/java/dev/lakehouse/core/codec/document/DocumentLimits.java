// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import dev.lakehouse.core.DocumentSetting;
import dev.lakehouse.core.Settings;
import java.io.Serializable;
import java.time.Duration;

/**
 * What reading a document may take.
 *
 * @param children processes of an executor that read; 0 for one for each two of its processors
 * @param heapBytes of each of them
 * @param perDocument time
 * @param maxCharacters of its text
 * @param maxUnpacked bytes that its archive may grow to
 */
public record DocumentLimits(
    int children, long heapBytes, Duration perDocument, int maxCharacters, long maxUnpacked)
    implements Serializable {

  /** Where nobody says otherwise. */
  public static final DocumentLimits DEFAULT = from(Settings.defaults());

  /** The limits that the settings give. */
  public static DocumentLimits from(Settings settings) {
    return new DocumentLimits(
        (int) settings.integerOrAuto(DocumentSetting.CHILDREN).orElse(0),
        settings.integer(DocumentSetting.HEAP_BYTES),
        Duration.ofSeconds(settings.integer(DocumentSetting.SECONDS)),
        (int) settings.integer(DocumentSetting.MAX_CHARS),
        settings.integer(DocumentSetting.MAX_UNPACKED));
  }
}

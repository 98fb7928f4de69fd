// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.sheet;

import dev.lakehouse.core.content.Content;
import java.util.List;
import java.util.Optional;

/**
 * One thing on a contact sheet.
 *
 * @param title what it is called
 * @param uri where it came from
 * @param modality of its content, which decides how it is shown
 * @param content where its bytes are; empty where nothing of it was kept
 * @param captions texts about it
 * @param codes what stands against it, or what was noted
 */
public record SheetItem(
    String title,
    String uri,
    String modality,
    Optional<Content> content,
    List<String> captions,
    List<String> codes) {

  public SheetItem {
    captions = List.copyOf(captions);
    codes = List.copyOf(codes);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What people call formats: by the end of their files' names. */
final class ShortNames {
  /** By what their media types contain, the first that does. */
  private static final Map<String, String> NAMES = names();

  private ShortNames() {}

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("wordprocessingml", "docx");
    names.put("presentationml", "pptx");
    names.put("spreadsheetml", "xlsx");
    names.put("ms-word.", "docm");
    names.put("ms-powerpoint.", "pptm");
    names.put("ms-excel.sheet.binary", "xlsb");
    names.put("ms-excel.", "xlsm");
    names.put("msword", "doc");
    names.put("ms-excel", "xls");
    names.put("ms-powerpoint", "ppt");
    names.put("ms-outlook", "msg");
    names.put("opendocument.text", "odt");
    names.put("opendocument.presentation", "odp");
    names.put("opendocument.spreadsheet", "ods");
    names.put("epub", "epub");
    names.put("rtf", "rtf");
    return names;
  }

  static Optional<String> of(String mediaType) {
    return NAMES.entrySet().stream()
        .filter(name -> mediaType.contains(name.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}

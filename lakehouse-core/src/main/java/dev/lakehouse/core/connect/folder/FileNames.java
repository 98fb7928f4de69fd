// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.folder;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.HadoopFileSystems;
import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.UriNames;
import java.io.IOException;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Finds the file that a manifest names.
 *
 * <p>A name is first taken as it is written. Only if no such file is there, it is read as another
 * system would have written it: with backslashes between folders, in the other Unicode form,
 * percent-encoded, with blanks around it. That needs a look at the storage, which is had for local
 * files only; elsewhere backslashes are slashes and the rest is taken as written.
 */
public final class FileNames {
  private static final Pattern WINDOWS_ROOT = Pattern.compile("^(?:[A-Za-z]:[\\\\/]|\\\\\\\\).*");
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

  private final Folder folder;
  private final Map<String, String> hadoopConf;

  public FileNames(Folder folder, Map<String, String> hadoopConf) {
    this.folder = folder;
    this.hadoopConf = hadoopConf;
  }

  /**
   * URI of the file that a name means.
   *
   * @throws ItemException PATH_REFUSED if it leads out of the folder; MISSING_FILE if no reading of
   *     an odd name is there
   */
  public String find(String name) throws ItemException {
    if (WINDOWS_ROOT.matcher(name).lookingAt()) {
      throw Folder.refused(
          name, "it is an absolute Windows path; name files relative to " + folder.uri());
    }
    List<String> readings = readings(name);
    if (readings.size() == 1) {
      return folder.resolve(name);
    }
    if (!HadoopFileSystems.isLocal(folder.uri())) {
      return folder.resolve(name.replace('\\', '/'));
    }
    for (String reading : readings) {
      String uri = folder.resolve(reading);
      if (isThere(uri)) {
        return uri;
      }
    }
    throw missing(name, readings);
  }

  private static List<String> readings(String name) {
    Set<String> readings = new LinkedHashSet<>(List.of(name));
    if (name.indexOf('\\') >= 0) {
      extend(readings, reading -> reading.replace('\\', '/'));
    }
    if (ESCAPE.matcher(name).find()) {
      extend(readings, FileNames::decoded);
    }
    extend(readings, String::strip);
    if (name.chars().anyMatch(c -> c > 0x7F)) {
      extend(readings, reading -> Normalizer.normalize(reading, Form.NFC));
      extend(readings, reading -> Normalizer.normalize(reading, Form.NFD));
    }
    return List.copyOf(readings);
  }

  private static void extend(Set<String> readings, UnaryOperator<String> other) {
    List.copyOf(readings).forEach(reading -> readings.add(other.apply(reading)));
  }

  private static String decoded(String name) {
    String lonePercents = name.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    return lonePercents.chars().allMatch(c -> c <= 0x7F) ? UriNames.decode(lonePercents) : name;
  }

  private boolean isThere(String uri) {
    try {
      return new SourceFile(uri, hadoopConf).state().length() >= 0;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private ItemException missing(String name, List<String> readings) {
    List<String> others = new ArrayList<>(readings.subList(1, readings.size()));
    return new ItemException(
        ItemError.MISSING_FILE,
        "No file '%s' below %s, nor %s (backslashes, percent-encoding, Unicode normal forms and"
                .formatted(name, folder.uri(), others)
            + " blanks were tried)");
  }

  /** The path of a file below the folder, as text. */
  public String relative(String uri) {
    return UriNames.decode(uri.substring(folder.uri().length() + 1));
  }
}

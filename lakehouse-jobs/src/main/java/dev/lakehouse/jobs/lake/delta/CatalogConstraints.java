// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Delta itself refuses to let into the catalog, whoever writes.
 *
 * <p>Some statements take constraints away without a word ({@code CREATE OR REPLACE … AS SELECT},
 * {@code RESTORE}, {@code DROP CONSTRAINT}), so they are asserted before and after every
 * publication and their digest stands in the release.
 */
public final class CatalogConstraints {
  private static final String PREFIX = "delta.constraints.";

  private static final Map<String, String> DECLARED =
      Map.of(
          "verdict_pass",
          "verdict_status = 'pass'",
          "judged",
          "judgement_id RLIKE '^[0-9a-f]{64}$' AND policy_digest RLIKE '^[0-9a-f]{64}$'",
          "content_once",
          "(text IS NULL AND blob IS NOT NULL) OR (text IS NOT NULL AND blob IS NULL)");

  private CatalogConstraints() {}

  private static String vectorNamed(String family) {
    return ("(%1$s_vector IS NULL AND %1$s_encoder IS NULL) OR (%1$s_vector IS NOT NULL AND"
            + " size(%1$s_vector) = %1$s_dim AND %1$s_encoder RLIKE '^[0-9a-f]{64}$')")
        .formatted(family);
  }

  /** The constraints of a catalog with these families, as table properties. */
  static Map<String, String> properties(List<String> families) {
    Map<String, String> properties = new TreeMap<>();
    DECLARED.forEach((name, condition) -> properties.put(PREFIX + name, condition));
    families.forEach(family -> properties.putAll(properties(family)));
    return properties;
  }

  /** Those that a family brings. */
  static Map<String, String> properties(String family) {
    return Map.of(PREFIX + CatalogTable.vector(family) + "_named", vectorNamed(family));
  }

  /** The digest of the constraints that a catalog with these families should have. */
  public static String expectedDigest(List<String> families) {
    return digest(properties(families));
  }

  /** The digest of the constraints that a table's properties hold. */
  static String digest(Map<String, String> tableProperties) {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(tableProperties)
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX)) {
                parts.add(key);
                parts.add(value);
              }
            });
    return Digests.ofParts(parts);
  }

  /**
   * Asserts that the catalog has its constraints, each of them and no others.
   *
   * @return their digest
   * @throws LakehouseException INTEGRITY, naming what is missing, changed or strange
   */
  public static String require(LakeTable catalog) {
    Map<String, String> found = catalog.properties();
    List<String> wrong = differences(catalog);
    if (!wrong.isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Cannot trust catalog %s: expected its constraints as they were created but found %s."
              + " Nothing was published; restore the table with 'lakehouse publish --rebuild'",
          catalog.uri(),
          String.join("; ", wrong));
    }
    return digest(found);
  }

  /** How the constraints of a catalog differ from those that it should have. */
  public static List<String> differences(LakeTable catalog) {
    return differences(
        catalog.properties(), properties(CatalogTable.familiesIn(catalog.columnNames())));
  }

  private static List<String> differences(
      Map<String, String> tableProperties, Map<String, String> expected) {
    List<String> wrong = new ArrayList<>();
    expected.forEach(
        (key, condition) -> {
          String found = tableProperties.get(key);
          if (found == null) {
            wrong.add(key.substring(PREFIX.length()) + " is missing");
          } else if (!found.equals(condition)) {
            wrong.add("%s is '%s'".formatted(key.substring(PREFIX.length()), found));
          }
        });
    tableProperties.keySet().stream()
        .filter(key -> key.startsWith(PREFIX) && !expected.containsKey(key))
        .sorted()
        .forEach(key -> wrong.add(key.substring(PREFIX.length()) + " is not ours"));
    return wrong;
  }
}

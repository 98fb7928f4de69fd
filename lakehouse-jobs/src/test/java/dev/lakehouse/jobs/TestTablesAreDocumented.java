// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.lake.LakeSchema;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/tables.md} has every table with every column. */
class TestTablesAreDocumented {

  @Test
  void theDocumentationHasThemAll() throws IOException {
    String tables =
        LakeSchema.TABLES.stream()
            .map(TestTablesAreDocumented::section)
            .collect(Collectors.joining("\n"));

    RenderedFile.assertSame(
        "docs/tables.md",
        """
        # Tables

        All are Delta tables below `tables/` of the lake, for any reader of Delta. What readers may rely
        on is the `catalog` at the version that the newest released row of `releases` names; the others
        are the way there. `lakehouse table NAME` shows any of them; its `dead_letters` adds what could
        not be measured or embedded to what could not be ingested. Columns without "may be empty" are
        always filled.

        """
            + tables);
  }

  private static String section(Table table) {
    return "## %s\n\nKey: %s\n\n| column | type | meaning |\n|---|---|---|\n%s"
        .formatted(
            table.name(),
            table.key().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")),
            table.columns().stream()
                .map(TestTablesAreDocumented::row)
                .collect(Collectors.joining()));
  }

  private static String row(Column column) {
    return "| `%s` | %s | %s%s |\n"
        .formatted(
            column.name(),
            "`" + column.type().ddl() + "`",
            column.meaning(),
            column.nullable() ? "; may be empty" : "");
  }
}

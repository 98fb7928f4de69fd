// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import java.io.Serializable;

/**
 * One line of a policy.
 *
 * @param name unlike that of any other rule
 * @param appliesTo a modality, or {@code all}
 * @param require a SQL condition over {@link Judged#view} that must be TRUE; FALSE or NULL trips
 *     the rule
 * @param severity what tripping it means
 * @param reason stable code, upper case with underscores; or a SQL expression in {@code ${…}} for
 *     the contract's own rules
 */
public record Rule(String name, String appliesTo, String require, Severity severity, String reason)
    implements Serializable {

  /** The word for every modality. */
  public static final String ALL = "all";

  /** The condition under which the rule looks at an asset, as SQL. */
  public String scope() {
    return appliesTo.equals(ALL) ? "TRUE" : "modality = '%s'".formatted(appliesTo);
  }

  /** The reason as SQL: a literal, or the expression inside <code>${…}</code>. */
  public String reasonSql() {
    if (reason.startsWith("${")) {
      return reason.substring(2, reason.length() - 1);
    }
    return "'" + reason + "'";
  }
}

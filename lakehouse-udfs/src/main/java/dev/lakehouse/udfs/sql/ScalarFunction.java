// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.embed.FamilySpec;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.internal.SQLConf;

/**
 * A function of a row.
 *
 * @param name in SQL
 * @param usage how it is called
 * @param meaning what it gives, in a sentence
 * @param builder makes an expression of arguments, or refuses them
 */
public record ScalarFunction(
    String name, String usage, String meaning, Function<Arguments, Expression> builder) {

  /** All of them. */
  public static final List<ScalarFunction> ALL =
      List.of(
          embedding("mm_embed_text", Tower.TEXT, "text", FamilySpec.TEXT),
          embedding("mm_embed_image", Tower.IMAGE, "bytes", FamilySpec.CLIP),
          new ScalarFunction(
              Similarity.NAME,
              Similarity.NAME + "(a, b)",
              "The cosine of two vectors of one encoder, -1 to 1; NULL where one is not there.",
              arguments -> {
                Arguments two = arguments.require(2, 2);
                return new Similarity(two.at(0), two.at(1));
              }));

  private static ScalarFunction embedding(
      String name, String tower, String what, String defaultFamily) {
    return new ScalarFunction(
        name,
        "%s(%s [, family])".formatted(name, what),
        ("The vector that family %s, or another, has for it, with the digest of the encoder; NULL"
                + " for NULL, an error_code in place of the vector where there can be none.")
            .formatted(defaultFamily),
        arguments -> {
          String family = arguments.require(1, 2).optionalText(1, "family").orElse(defaultFamily);
          return new EmbedExpression(name, encoder(name, family, tower), arguments.at(0));
        });
  }

  /** By the session's own settings: inside a view {@link SQLConf#get} has those of Spark alone. */
  private static SqlEncoder encoder(String function, String family, String tower) {
    try {
      return SqlEncoder.of(family, tower, SparkSession.active().sessionState().conf());
    } catch (LakehouseException e) {
      throw Refusal.of(function, e);
    }
  }

  /** The expression of a call. */
  public Expression of(List<Expression> arguments) {
    return builder.apply(new Arguments(name, usage, arguments));
  }
}

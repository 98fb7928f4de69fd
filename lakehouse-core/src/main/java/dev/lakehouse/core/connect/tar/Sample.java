// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.text.TextCodec;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.object.JsonReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The members of one key in one shard: those that are assets, and the others, which say something
 * about them. Words are about pictures and recordings; fields and labels about any asset. What has
 * nothing to be about is an asset itself.
 */
final class Sample {
  private final Optional<String> group;
  private final Told told;
  private final boolean media;
  private final boolean assets;

  private Sample(List<TarMember> members, Optional<String> group, FieldRoles roles) {
    this.group = group;
    this.told = new Told(roles);
    this.media = members.stream().anyMatch(m -> isGood(m) && ending(m).isMedium());
    this.assets = members.stream().anyMatch(m -> isGood(m) && (!ending(m).tells() || isText(m)));
  }

  /**
   * A member that is accounted for.
   *
   * @param offer its content, or why it cannot be taken
   */
  record Taken(TarMember member, Offer offer, Description description) {}

  /**
   * The assets of a sample, and what was refused.
   *
   * @param group what its assets share; empty for a member without key, which is alone
   * @param piece where the bytes of a member are
   */
  static List<Taken> taken(
      List<TarMember> members,
      Optional<String> group,
      FieldRoles roles,
      Function<TarMember, Offer> piece) {
    Sample sample = new Sample(members, group, roles);
    List<TarMember> left = new ArrayList<>();
    for (TarMember member : members) {
      sample.hear(member).ifPresent(left::add);
    }
    return left.stream().map(member -> sample.taken(member, piece)).toList();
  }

  private static boolean isGood(TarMember member) {
    return member.refused().isEmpty();
  }

  private static Ending ending(TarMember member) {
    return Ending.of(member.name());
  }

  /** Whether it is a text that is an asset where it has no medium to be about. */
  private boolean isText(TarMember member) {
    return switch (ending(member)) {
      case WORDS, CAPTION, TRANSCRIPT -> !media;
      default -> false;
    };
  }

  private boolean isAbout(TarMember member) {
    return group.isPresent()
        && isGood(member)
        && member.text().isPresent()
        && switch (ending(member)) {
          case WORDS, CAPTION, TRANSCRIPT -> media;
          case FIELDS, LABEL -> assets;
          case PICTURE, RECORDING, OTHER -> false;
        };
  }

  /** Hears what a member says; gives it back where it is an asset, or cannot be understood. */
  private Optional<TarMember> hear(TarMember member) {
    if (!isAbout(member)) {
      return Optional.of(member);
    }
    try {
      told.hear(member);
      return Optional.empty();
    } catch (ItemException e) {
      return Optional.of(member.refused(refused(e)));
    }
  }

  private static Offer.Refused refused(ItemException e) {
    return new Offer.Refused(e.code(), String.valueOf(e.getMessage()));
  }

  private Taken taken(TarMember member, Function<TarMember, Offer> piece) {
    if (member.refused().isPresent()) {
      return new Taken(member, member.refused().get(), Description.none());
    }
    try {
      Optional<String> text = alone(member);
      if (text.isPresent()) {
        return new Taken(member, new Offer.Text(text.get()), told.about(member.name(), group));
      }
    } catch (ItemException e) {
      return new Taken(member, refused(e), Description.none());
    }
    return new Taken(member, piece.apply(member), told.about(member.name(), group));
  }

  /** The text that a member holds which has nothing but fields. */
  private Optional<String> alone(TarMember member) throws ItemException {
    if (assets || ending(member) != Ending.FIELDS || member.text().isEmpty()) {
      return Optional.empty();
    }
    return told.alone(JsonReading.fields(TextCodec.decode(member.text().get()).text()));
  }
}

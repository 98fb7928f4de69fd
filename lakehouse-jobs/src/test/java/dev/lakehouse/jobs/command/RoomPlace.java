// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where something stands: a module, a room of it unless it stands in the module's root, and a room
 * of that unless it stands in its root.
 */
record RoomPlace(String module, Optional<String> room, Optional<String> sub) {
  private static final List<String> MODULES = List.of("core", "udfs", "jobs", "dist");
  private static final Pattern PLACE =
      Pattern.compile("dev\\.lakehouse\\.(core|udfs|jobs|dist)(?:\\.([a-z]+))?(?:\\.([a-z]+))?");

  /** The place of a package, if it is one of the house. */
  static Optional<RoomPlace> of(String packageName) {
    Matcher matcher = PLACE.matcher(packageName);
    return matcher.matches()
        ? Optional.of(
            new RoomPlace(
                matcher.group(1),
                Optional.ofNullable(matcher.group(2)),
                Optional.ofNullable(matcher.group(3))))
        : Optional.empty();
  }

  private boolean isDoor() {
    return module.equals("jobs") && room.filter("command"::equals).isPresent();
  }

  /** Whether what stands here may know what stands there: only its root and rooms to its left. */
  boolean mayImport(RoomPlace other) {
    if (MODULES.indexOf(other.module) > MODULES.indexOf(module)) {
      return false;
    }
    if (module.equals("dist")) {
      return true; // which starts what all others make
    }
    if (isDoor() != other.isDoor()) {
      return isDoor(); // which imports all, and is imported by none
    }
    if (module.equals(other.module) && room.equals(other.room)) {
      // the root of a room is under all of them or over all of them, which the cycles tell
      return sub.isEmpty() || other.sub.isEmpty() || other.sub.get().compareTo(sub.get()) <= 0;
    }
    if (other.room.isEmpty()) {
      return !other.module.equals("jobs") || room.isEmpty();
    }
    return room.map(own -> other.room.get().compareTo(own) <= 0).orElse(module.equals("jobs"));
  }
}

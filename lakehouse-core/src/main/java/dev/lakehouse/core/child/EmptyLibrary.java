// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A shared library for Linux whose functions do nothing and answer zero, or the empty string.
 *
 * <p>The layout is that of the System V ABI, chapters 4 and 5, and of the Linux Standard Base for
 * versions of symbols.
 */
final class EmptyLibrary {
  /** The instruction sets that FFmpeg is packed for. */
  enum Machine {
    X86_64(62) {
      @Override
      void zero(ByteBuffer out) {
        out.put(new byte[] {0x31, (byte) 0xC0, (byte) 0xC3}); // xor eax, eax; ret
      }

      @Override
      void address(ByteBuffer out, int target) {
        int next = out.position() + 7;
        out.put(new byte[] {0x48, (byte) 0x8D, 0x05}).putInt(target - next); // lea rax, [rip + …]
        out.put((byte) 0xC3); // ret
      }
    },
    AARCH64(183) {
      @Override
      void zero(ByteBuffer out) {
        out.putInt(0xD2800000).putInt(RET); // mov x0, #0; ret
      }

      @Override
      void address(ByteBuffer out, int target) {
        int distance = target - out.position();
        int low = (distance & 3) << 29;
        int high = ((distance >> 2) & 0x7FFFF) << 5;
        out.putInt(0x10000000 | low | high).putInt(RET); // adr x0, …; ret
      }
    };

    private static final int RET = 0xD65F03C0;
    private final short id;

    Machine(int id) {
      this.id = (short) id;
    }

    abstract void zero(ByteBuffer out);

    abstract void address(ByteBuffer out, int target);
  }

  private static final int PAGE = 0x10000; // the largest that Linux has on either
  private static final int SEGMENTS = 4;
  private static final int HEADER = 64;
  private static final int SEGMENT = 56;
  private static final int SYMBOL = 24;
  private static final int FUNCTION_SIZE = 16;
  private static final int ABI = 3; // shared object
  private static final int READ = 4;
  private static final int WRITE = 2;
  private static final int EXECUTE = 1;
  private static final int LOAD = 1;
  private static final int DYNAMIC = 2;
  private static final int STACK = 0x6474e551;
  private static final long DT_HASH = 4;
  private static final long DT_STRTAB = 5;
  private static final long DT_SYMTAB = 6;
  private static final long DT_STRSZ = 10;
  private static final long DT_SYMENT = 11;
  private static final long DT_SONAME = 14;
  private static final long DT_VERSYM = 0x6ffffff0L;
  private static final long DT_VERDEF = 0x6ffffffcL;
  private static final long DT_VERDEFNUM = 0x6ffffffdL;

  private final Machine machine;
  private final String name;
  private final String version;
  private final List<String> zero;
  private final List<String> empty;

  /**
   * @param machine whose instructions it has
   * @param name by which programs ask for it
   * @param version of all its functions
   * @param zero functions that answer zero, no pointer, or nothing
   * @param empty functions that answer the empty string
   */
  EmptyLibrary(
      Machine machine, String name, String version, List<String> zero, List<String> empty) {
    this.machine = machine;
    this.name = name;
    this.version = version;
    this.zero = zero;
    this.empty = empty;
  }

  /** Where the tables of the file stand, in bytes from its beginning. */
  private record Tables(int strings, int symbols, int hash, int versions, int definitions) {}

  /** The bytes of the file. */
  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    Names names = names();
    Tables tables = tables(out.position(HEADER + SEGMENTS * SEGMENT), names);
    align(out);
    int end = out.position();
    dynamic(out, names, tables);
    int length = out.position();
    header(out.position(0));
    segment(out, LOAD, READ | EXECUTE, 0, 0, end, PAGE);
    segment(out, LOAD, READ | WRITE, end, PAGE + end, length - end, PAGE);
    segment(out, DYNAMIC, READ | WRITE, end, PAGE + end, length - end, Long.BYTES);
    segment(out, STACK, READ | WRITE, 0, 0, 0, FUNCTION_SIZE);
    byte[] bytes = new byte[length];
    out.get(0, bytes);
    return bytes;
  }

  private Names names() {
    Names names = new Names();
    functions().forEach(names::at);
    names.at(name);
    names.at(version);
    return names;
  }

  private List<String> functions() {
    return Stream.concat(zero.stream(), empty.stream()).toList();
  }

  private Tables tables(ByteBuffer out, Names names) {
    List<String> functions = functions();
    int strings = out.position();
    out.put(names.bytes());
    int code = code(out, strings, functions.size());
    return new Tables(
        strings,
        symbols(out, names, functions, code),
        hash(out, functions.size() + 1),
        versions(out, functions.size() + 1),
        definitions(out, names.at(name), names.at(version)));
  }

  /** What the loader reads: pairs of a tag and a value, ended by zeros. */
  private void dynamic(ByteBuffer out, Names names, Tables tables) {
    put(out, DT_SONAME, names.at(name));
    put(out, DT_STRTAB, tables.strings());
    put(out, DT_STRSZ, names.bytes().length);
    put(out, DT_SYMTAB, tables.symbols());
    put(out, DT_SYMENT, SYMBOL);
    put(out, DT_HASH, tables.hash());
    put(out, DT_VERSYM, tables.versions());
    put(out, DT_VERDEF, tables.definitions());
    put(out, DT_VERDEFNUM, 2);
    put(out, 0, 0);
  }

  private static void put(ByteBuffer out, long tag, long value) {
    out.putLong(tag).putLong(value);
  }

  private int code(ByteBuffer out, int strings, int functions) {
    out.position((out.position() + FUNCTION_SIZE - 1) / FUNCTION_SIZE * FUNCTION_SIZE);
    int start = out.position();
    for (int i = 0; i < functions; i++) {
      out.position(start + i * FUNCTION_SIZE);
      if (i < zero.size()) {
        machine.zero(out);
      } else {
        machine.address(out, strings); // whose first byte is the end of an empty one
      }
    }
    out.position(start + functions * FUNCTION_SIZE);
    return start;
  }

  private static int symbols(ByteBuffer out, Names names, List<String> functions, int code) {
    align(out);
    int start = out.position();
    out.position(start + SYMBOL); // the first stands for none
    for (int i = 0; i < functions.size(); i++) {
      out.putInt(names.at(functions.get(i)));
      out.put((byte) 0x12).put((byte) 0).putShort((short) 1); // a global function that is defined
      out.putLong(code + (long) i * FUNCTION_SIZE).putLong(FUNCTION_SIZE);
    }
    return start;
  }

  /** One bucket, in which all symbols hang together. */
  private static int hash(ByteBuffer out, int symbols) {
    int start = out.position();
    out.putInt(1).putInt(symbols).putInt(symbols > 1 ? 1 : 0).putInt(0);
    for (int i = 1; i < symbols; i++) {
      out.putInt((i + 1) % symbols);
    }
    return start;
  }

  private static int versions(ByteBuffer out, int symbols) {
    int start = out.position();
    out.putShort((short) 0);
    for (int i = 1; i < symbols; i++) {
      out.putShort((short) 2);
    }
    return start;
  }

  private int definitions(ByteBuffer out, int own, int ofVersion) {
    align(out);
    int start = out.position();
    definition(out, 1, 1, name, own, 28);
    definition(out, 0, 2, version, ofVersion, 0);
    return start;
  }

  private static void definition(
      ByteBuffer out, int flags, int index, String name, int at, int next) {
    out.putShort((short) 1).putShort((short) flags).putShort((short) index).putShort((short) 1);
    out.putInt(elfHash(name)).putInt(20).putInt(next);
    out.putInt(at).putInt(0);
  }

  /** The hash of names in the System V ABI, figure 5-13. */
  private static int elfHash(String name) {
    int hash = 0;
    for (byte letter : name.getBytes(StandardCharsets.US_ASCII)) {
      hash = (hash << 4) + letter;
      int high = hash & 0xF0000000;
      hash = (hash ^ (high >>> 24)) & ~high;
    }
    return hash;
  }

  private void header(ByteBuffer out) {
    out.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}).position(16);
    out.putShort((short) ABI).putShort(machine.id).putInt(1);
    out.putLong(0).putLong(HEADER).putLong(0).putInt(0);
    out.putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) SEGMENTS);
    out.putShort((short) 64).putShort((short) 0).putShort((short) 0);
  }

  private static void segment(
      ByteBuffer out, int type, int flags, long offset, long address, long size, long align) {
    out.putInt(type).putInt(flags).putLong(offset).putLong(address).putLong(address);
    out.putLong(size).putLong(size).putLong(align);
  }

  private static void align(ByteBuffer out) {
    out.position((out.position() + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
  }

  /** Names one after the other, each ended by a zero; the first is empty. */
  private static final class Names {
    private String all = "\0";

    int at(String name) {
      int found = all.indexOf("\0" + name + "\0");
      if (found < 0) {
        found = all.length() - 1;
        all += name + "\0";
      }
      return found + 1;
    }

    byte[] bytes() {
      return all.getBytes(StandardCharsets.US_ASCII);
    }
  }
}

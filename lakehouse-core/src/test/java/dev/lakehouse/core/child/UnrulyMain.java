// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A child that does what it is told, however bad that is. */
final class UnrulyMain {
  private static final int MARK = 0x4C484631;

  private UnrulyMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    DataInputStream in = new DataInputStream(System.in);
    DataOutputStream out = new DataOutputStream(System.out);
    Frames.write(out, new byte[0]);
    while (true) {
      Frames.write(out, answer(Frames.read(in, 1 << 20), in, out));
    }
  }

  private static byte[] answer(byte[] question, InputStream in, DataOutputStream out)
      throws IOException, InterruptedException {
    switch (new String(question, UTF_8)) {
      case "pid" -> {
        return Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8);
      }
      case "halt" -> Runtime.getRuntime().halt(7);
      case "exit" -> System.exit(0);
      case "throw" -> throw new IllegalStateException("as told");
      case "overflow" -> overflow(0);
      case "kill" -> new ProcessBuilder("kill", "-9", pid()).inheritIO().start().waitFor();
      case "hang" -> hang(in);
      case "memory" -> eat();
      case "chatter" -> flood(out);
      case "claim" -> claim(out);
      case "half" -> half(out);
      case "complain" -> complain();
      default -> {
        return question;
      }
    }
    return question;
  }

  private static String pid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static int overflow(int depth) {
    return depth < 0 ? 0 : overflow(depth + 1) + 1;
  }

  /** As a parser does: without leaving the thread, while another hears of our end. */
  private static void hang(InputStream in) {
    Thread listener =
        new Thread(
            () -> {
              try {
                while (in.read() >= 0) {}
              } catch (IOException e) {
                Runtime.getRuntime().halt(1);
              }
              Runtime.getRuntime().halt(0);
            });
    listener.start();
    while (true) {
      Thread.onSpinWait();
    }
  }

  private static void eat() {
    List<byte[]> eaten = new ArrayList<>();
    while (true) {
      eaten.add(new byte[1 << 20]);
    }
  }

  private static void flood(OutputStream out) throws IOException {
    byte[] noise = "Parsing… ".repeat(1000).getBytes(UTF_8);
    while (true) {
      out.write(noise);
    }
  }

  private static void claim(DataOutputStream out) throws IOException {
    out.writeInt(MARK);
    out.writeInt(Integer.MAX_VALUE);
    flood(out);
  }

  private static void half(DataOutputStream out) throws IOException {
    out.writeInt(MARK);
    out.writeInt(1000);
    out.write(new byte[10]);
    out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static void complain() {
    String line = "WARN something is odd. ".repeat(100);
    for (int i = 0; i < 2000; i++) {
      System.err.println(line);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Answers one question after the other until its standard input ends.
 *
 * <p>A frame is the number {@link #MARK}, the length of what follows, and that; all numbers are big
 * endian, as {@link DataOutputStream} writes them. Before the first question it sends an empty
 * frame, which says that it is there. What a question holds is said by {@link Question}, what an
 * answer holds by {@link Answer}.
 */
public final class Main {
  /** What every frame begins with: {@code LHF1}. */
  static final int MARK = 0x4C484631;

  private static final int LONGEST_QUESTION = 1 << 20;

  private Main() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    DataOutputStream answers =
        new DataOutputStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
    System.setOut(System.err); // no library writes among the frames
    BlockingQueue<byte[]> questions = new LinkedBlockingQueue<>();
    Thread asked = new Thread(() -> listen(questions), "questions");
    asked.setDaemon(true);
    asked.start();
    send(answers, new byte[0]);
    while (true) {
      send(answers, Answer.to(questions.take()));
    }
  }

  /** Whoever asks may be gone while a parser hangs: then this process has no reason to be. */
  private static void listen(BlockingQueue<byte[]> questions) {
    try (DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in))) {
      while (in.readInt() == MARK) {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_QUESTION) {
          break;
        }
        questions.add(in.readNBytes(length));
      }
      Runtime.getRuntime().halt(0);
    } catch (IOException e) {
      Runtime.getRuntime().halt(0); // the end of the stream is one of these
    }
  }

  private static void send(DataOutputStream answers, byte[] answer) throws IOException {
    answers.writeInt(MARK);
    answers.writeInt(answer.length);
    answers.write(answer);
    answers.flush();
  }
}

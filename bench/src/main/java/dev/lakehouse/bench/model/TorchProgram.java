// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A module in TorchScript while it is drawn up, statement by statement, its weights in bfloat16.
 *
 * <p>Source of the format: PyTorch, torch/csrc/jit/docs/serialization.md: an archive of entries
 * that are not deflated, with the program as text, the module as a pickle and a file for each
 * tensor.
 */
final class TorchProgram {
  /** PyTorch's numbers of its types. */
  static final int FLOAT32 = 6;

  static final int BF16 = 15;

  private static final String MODULE = "Tower";
  private static final String FORMAT = "3\n";

  private final String input;
  private final List<Weights> weights = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private int count;

  /**
   * A module without statements.
   *
   * @param input name of its only input
   */
  TorchProgram(String input) {
    this.input = input;
  }

  /** A tensor of weights; returns how statements name it. */
  String weights(String tensor, double mean, double deviation, long... shape) {
    Weights added = new Weights(tensor, mean, deviation, shape);
    weights.add(added);
    return "self." + attribute(added);
  }

  private static String attribute(Weights weights) {
    return "w_" + weights.name().replace('.', '_');
  }

  /** Names what an expression gives. */
  String let(String expression, Object... parts) {
    String name = "x" + count++;
    body.append("    ").append(name).append(" = ").append(format(expression, parts)).append('\n');
    return name;
  }

  void result(String expression, Object... parts) {
    body.append("    return ").append(format(expression, parts)).append('\n');
  }

  private static String format(String expression, Object... parts) {
    return String.format(Locale.ROOT, expression, parts);
  }

  private String code() {
    StringBuilder code = new StringBuilder("class " + MODULE + "(Module):\n");
    code.append("  __parameters__ = []\n  __buffers__ = []\n");
    weights.forEach(each -> code.append("  ").append(attribute(each)).append(" : Tensor\n"));
    code.append("  training : bool\n  _is_full_backward_hook : Optional[bool]\n");
    code.append("  def forward(self: __torch__.").append(MODULE).append(",\n    ");
    return code.append(input).append(": Tensor) -> Tensor:\n").append(body).toString();
  }

  /** Writes the module, its weights drawn from a seed. */
  void write(Path file, long seed) throws IOException {
    try (ZipOutputStream archive =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20))) {
      archive.setMethod(ZipOutputStream.STORED);
      add(archive, "version", FORMAT.getBytes(US_ASCII));
      add(archive, "byteorder", "little".getBytes(US_ASCII));
      add(archive, "code/__torch__.py", code().getBytes(US_ASCII));
      add(archive, "constants.pkl", new Pickle().add(')').end());
      add(archive, "data.pkl", state());
      for (int i = 0; i < weights.size(); i++) {
        add(archive, "data/" + i, weights.get(i).bf16(seed));
      }
    }
  }

  private static void add(ZipOutputStream archive, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry("tower/" + name);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setCrc(crc.getValue());
    entry.setSize(bytes.length);
    archive.putNextEntry(entry);
    archive.write(bytes);
  }

  /** The module: a tensor for each attribute, which names the file of its numbers. */
  private byte[] state() {
    Pickle pickle = new Pickle().global("__torch__", MODULE).add(')').add(0x81).add('}').add('(');
    for (int i = 0; i < weights.size(); i++) {
      tensor(pickle.text(attribute(weights.get(i))), i);
    }
    pickle.text("training").add(0x89).text("_is_full_backward_hook").add('N');
    return pickle.add('u').add('b').end();
  }

  private void tensor(Pickle pickle, int file) {
    Weights tensor = weights.get(file);
    pickle.global("torch._utils", "_rebuild_tensor_v2").add('(');
    pickle.add('(').text("storage").global("torch", "BFloat16Storage");
    pickle.text(String.valueOf(file)).text("cpu").number(tensor.count()).add('t').add('Q');
    pickle.number(0).add('(');
    for (long length : tensor.shape()) {
      pickle.number(length);
    }
    pickle.add('t').add('(');
    long stride = tensor.count();
    for (long length : tensor.shape()) {
      stride /= length;
      pickle.number(stride);
    }
    pickle.add('t').add(0x89).global("collections", "OrderedDict").add(')').add('R');
    pickle.add('t').add('R');
  }

  /**
   * Operations of a pickle, protocol 2, by their codes.
   *
   * <p>Source: CPython, Lib/pickletools.py.
   */
  private static final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle() {
      add(0x80).add(2);
    }

    Pickle add(int operation) {
      out.write(operation);
      return this;
    }

    Pickle global(String module, String name) {
      add('c').out.writeBytes((module + "\n" + name + "\n").getBytes(US_ASCII));
      return this;
    }

    Pickle text(String text) {
      add('X').little(text.length()).out.writeBytes(text.getBytes(US_ASCII));
      return this;
    }

    Pickle number(long number) {
      return add('J').little(Math.toIntExact(number));
    }

    private Pickle little(int number) {
      out.writeBytes(
          ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
      return this;
    }

    byte[] end() {
      return add('.').out.toByteArray();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.bench.search.Answered;
import dev.lakehouse.bench.search.SearchContest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Those of a contest of searching.
 *
 * @param data where everything is kept
 * @param rows of the lake
 * @param cores for making it
 */
record SearchProcesses(BenchData data, int rows, int cores) implements SearchContest.Processes {

  private Child own(String command) {
    return Child.again()
        .with(command, "--data=" + data.folder(), "--cores=" + cores, "--rows=" + rows);
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    var unused = own("search-prepare").run(Answered.class);
  }

  @Override
  public List<Answered> ask(String family) throws IOException, InterruptedException {
    return own("search-own").with("--family=" + family).run(Answered.class);
  }

  @Override
  public List<Answered> java(String classPath, String main, String... arguments)
      throws IOException, InterruptedException {
    return Child.of(classPath, main).with(arguments).run(Answered.class);
  }

  @Override
  public List<Answered> program(Path folder, String... command)
      throws IOException, InterruptedException {
    return Child.in(folder, command).run(Answered.class);
  }
}

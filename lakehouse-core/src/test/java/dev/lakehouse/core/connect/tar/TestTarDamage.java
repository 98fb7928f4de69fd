// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import static dev.lakehouse.core.ItemError.CORRUPT;
import static dev.lakehouse.core.ItemError.EMPTY;
import static dev.lakehouse.core.ItemError.EXPANSION_LIMIT;
import static dev.lakehouse.core.ItemError.INVALID_ENCODING;
import static dev.lakehouse.core.ItemError.MALFORMED_ROW;
import static dev.lakehouse.core.ItemError.PATH_REFUSED;
import static dev.lakehouse.core.ItemError.SOURCE_UNREADABLE;
import static dev.lakehouse.core.ItemError.TEXT_LIMIT;
import static dev.lakehouse.core.ItemError.TRUNCATED;
import static dev.lakehouse.core.ItemError.UNSUPPORTED_FEATURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.SourceItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shard may be like, and what becomes of its good members. */
class TestTarDamage {
  private static final int RECORD = 512;
  private static final Duration GENEROUS = Duration.ofMinutes(2);

  @TempDir Path folder;

  private Map<String, SourceItem> items(byte[] shard) throws IOException {
    return items("s.tar", shard);
  }

  private Map<String, SourceItem> items(String name, byte[] shard) throws IOException {
    Files.write(folder.resolve(name), shard);
    Map<String, SourceItem> items = new LinkedHashMap<>();
    try (Stream<SourceItem> all =
        TarSource.open(
                new TarSource.Options(
                    folder.toString(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    KeyEnd.FIRST_DOT,
                    Map.of()))
            .items()) {
      all.forEach(item -> assertThat(items.put(item.key(), item)).isNull());
    }
    return items;
  }

  private static Optional<ItemError> code(SourceItem item) {
    return item.offer() instanceof Offer.Refused refused
        ? Optional.of(refused.code())
        : Optional.empty();
  }

  private static String why(SourceItem item) {
    return ((Offer.Refused) item.offer()).message();
  }

  private static String read(SourceItem item) throws IOException {
    try (InputStream in = new SourceFile(((Offer.File) item.offer()).uri(), Map.of()).open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void ofMembersOfOneNameTheFirstCounts() throws IOException {
    Map<String, SourceItem> items =
        items(
            Tar.posix()
                .add("1.jpg", "first")
                .add("./1.jpg", "second")
                .add("1.txt", "a caption")
                .add("1.jpg", "third")
                .bytes());

    assertThat(items.keySet())
        .containsExactly("s.tar#1.jpg", "s.tar#1.jpg@1536", "s.tar#1.jpg@3584");
    assertThat(read(items.get("s.tar#1.jpg"))).isEqualTo("first");
    assertThat(items.get("s.tar#1.jpg").description().captions()).containsExactly("a caption");
    assertThat(code(items.get("s.tar#1.jpg@1536"))).contains(MALFORMED_ROW);
    assertThat(why(items.get("s.tar#1.jpg@3584")))
        .isEqualTo("A member of this name stands at byte 512 already; the first one counts");
  }

  @Test
  void linksDevicesAndNamesThatLeadOutAreRefusedAndTheirNeighboursTaken() throws IOException {
    Map<String, SourceItem> items =
        items(
            Tar.posix()
                .special("d/", TarConstants.LF_DIR, "")
                .special("soft.jpg", TarConstants.LF_SYMLINK, "/etc/passwd")
                .special("hard.jpg", TarConstants.LF_LINK, "good.jpg")
                .special("block.jpg", TarConstants.LF_BLK, "")
                .special("pipe.jpg", TarConstants.LF_FIFO, "")
                .add("/etc/shadow.txt", "absolute")
                .add("a/../../b.txt", "out")
                .add("good.txt", "good")
                .bytes());

    assertThat(items)
        .hasSize(7)
        .hasEntrySatisfying(
            "s.tar#soft.jpg",
            item -> {
              assertThat(code(item)).contains(PATH_REFUSED);
              assertThat(why(item))
                  .isEqualTo("A link to '/etc/passwd'; links in a shard are not followed");
            })
        .hasEntrySatisfying("s.tar#hard.jpg", i -> assertThat(code(i)).contains(PATH_REFUSED))
        .hasEntrySatisfying("s.tar#block.jpg", i -> assertThat(code(i)).contains(SOURCE_UNREADABLE))
        .hasEntrySatisfying("s.tar#pipe.jpg", i -> assertThat(code(i)).contains(SOURCE_UNREADABLE))
        .hasEntrySatisfying(
            "s.tar#/etc/shadow.txt", i -> assertThat(code(i)).contains(PATH_REFUSED))
        .hasEntrySatisfying("s.tar#a/../../b.txt", i -> assertThat(code(i)).contains(PATH_REFUSED));
    assertThat(read(items.get("s.tar#good.txt"))).isEqualTo("good");
  }

  @Test
  void sparseMembersAreRefused() throws IOException {
    byte[] whole = Tar.gnu().add("holes.bin", "0123").add("next.txt", "next").bytes();
    whole[156] = TarConstants.LF_GNUTYPE_SPARSE;
    System.arraycopy("ustar  \0".getBytes(StandardCharsets.US_ASCII), 0, whole, 257, 8);
    String map =
        "%011o\0%011o\0%011o\0%011o\0".formatted(0, 4, 100_000, 0); // four bytes, then a hole
    System.arraycopy(map.getBytes(StandardCharsets.US_ASCII), 0, whole, 386, map.length());
    String real = "%011o\0".formatted(100_000);
    System.arraycopy(real.getBytes(StandardCharsets.US_ASCII), 0, whole, 483, real.length());
    checksum(whole, 0);

    Map<String, SourceItem> items = items(whole);

    assertThat(code(items.get("s.tar#holes.bin"))).contains(UNSUPPORTED_FEATURE);
    assertThat(read(items.get("s.tar#next.txt"))).isEqualTo("next");
    assertThat(
            code(
                items(
                        Tar.posix()
                            .extended("pax.bin", "GNU.sparse.size", "100000", new byte[4])
                            .add("next.txt", "next")
                            .bytes())
                    .get("s.tar#pax.bin")))
        .contains(UNSUPPORTED_FEATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"posix", "gnu"})
  void namesMayBeLongAndForeign(String format) throws IOException {
    String name = "ordner/".repeat(40) + "\u00e4\u4f60 b@1+2.txt";
    Tar tar = format.equals("gnu") ? Tar.gnu() : Tar.posix();

    SourceItem item = items(tar.add(name, "here").bytes()).get("s.tar#" + name);

    assertThat(read(item)).isEqualTo("here");
    assertThat(item.description().title()).contains("\u00e4\u4f60 b@1+2.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s.tar", "s.tgz"})
  void aShardThatWasCutGivesWhatIsWhole(String name) throws IOException {
    byte[] whole =
        Tar.posix().add("1.txt", "whole").add("2.bin", noise(5000)).add("3.txt", "lost").bytes();

    Map<String, SourceItem> items = items(name, packed(name, Arrays.copyOf(whole, 4000)));

    assertThat(items.keySet()).containsExactly(name + "#1.txt", name + "#2.bin");
    assertThat(read(items.get(name + "#1.txt"))).isEqualTo("whole");
    assertThat(code(items.get(name + "#2.bin"))).contains(TRUNCATED);
    assertThat(why(items.get(name + "#2.bin"))).contains("ends before the 5000 bytes");

    items = items(name, packed(name, Arrays.copyOf(whole, 1024 + 300)));
    assertThat(items.keySet()).containsExactly(name + "#1.txt", name);
    assertThat(code(items.get(name))).contains(TRUNCATED);
  }

  private static byte[] packed(String name, byte[] tar) throws IOException {
    return name.endsWith("z") ? gzip(tar) : tar;
  }

  private static byte[] gzip(byte[]... parts) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(part);
      }
    }
    return packed.toByteArray();
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new java.util.Random(7).nextBytes(noise);
    return noise;
  }

  @Test
  void aPackedShardThatWasCutGivesWhatCanBeUnpacked() throws IOException {
    byte[] packed = gzip(Tar.posix().add("1.txt", "whole").add("2.bin", noise(90_000)).bytes());

    Map<String, SourceItem> items = items("s.tgz", Arrays.copyOf(packed, packed.length / 2));

    assertThat(read(items.get("s.tgz#1.txt"))).isEqualTo("whole");
    assertThat(code(items.get("s.tgz#2.bin"))).contains(TRUNCATED);
  }

  @Test
  void aPackedShardMayHaveSeveralParts() throws IOException {
    byte[] whole = Tar.posix().add("1.txt", "one").add("2.txt", "two").bytes();

    Map<String, SourceItem> items =
        items(
            "s.tgz", gzip(Arrays.copyOf(whole, 700), Arrays.copyOfRange(whole, 700, whole.length)));

    assertThat(read(items.get("s.tgz#2.txt"))).isEqualTo("two");
  }

  @Test
  void aSizeBeyondTheEndIsNotBelieved() throws IOException {
    byte[] whole = Tar.posix().add("1.txt", "one").add("2.bin", "small").bytes();
    Arrays.fill(whole, 1024 + 124, 1024 + 135, (byte) '7'); // 8 GB
    checksum(whole, 1024);

    Map<String, SourceItem> items = items(whole);

    assertThat(read(items.get("s.tar#1.txt"))).isEqualTo("one");
    assertThat(code(items.get("s.tar#2.bin"))).contains(TRUNCATED);

    byte[] negative = Tar.gnu().add("1.txt", "one").add("2.bin", "small").bytes();
    Arrays.fill(negative, 1024 + 124, 1024 + 136, (byte) 0xff);
    checksum(negative, 1024);
    items = items(negative);
    assertThat(items.keySet()).containsExactly("s.tar#1.txt", "s.tar");
    assertThat(code(items.get("s.tar"))).contains(CORRUPT);
  }

  @Test
  void aNameOfAGigabyteIsNotRead() throws IOException {
    byte[] whole = Tar.gnu().add("1.txt", "one").add("n".repeat(200), "two").bytes();
    assertThat(whole[1024 + 156]).isEqualTo((byte) 'L');
    ByteArrayOutputStream shard = new ByteArrayOutputStream();
    Arrays.fill(whole, 1024 + 124, 1024 + 135, (byte) '0');
    whole[1024 + 125] = '1'; // 1 GB
    checksum(whole, 1024);
    shard.write(whole, 0, 1536);
    shard.write(new byte[8 << 20]);

    Map<String, SourceItem> items = items(shard.toByteArray());

    assertThat(items.keySet()).containsExactly("s.tar#1.txt", "s.tar");
    assertThat(why(items.get("s.tar"))).contains("A header is longer than any name needs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mtime=1E+999999999", "mtime=x", "size=9e9", "uid=-99999999999999999999"})
  void oddExtendedHeadersEnd(String header) throws IOException {
    String[] field = header.split("=");
    byte[] shard =
        Tar.posix()
            .add("1.txt", "one")
            .extended("2.txt", field[0], field[1], new byte[] {'2'})
            .bytes();

    Map<String, SourceItem> items = assertTimeoutPreemptively(GENEROUS, () -> items(shard));

    assertThat(read(items.get("s.tar#1.txt"))).isEqualTo("one");
    assertThat(items).hasSize(2);
  }

  @Test
  void damageInAHeaderCostsWhatFollows() throws IOException {
    byte[] whole = Tar.posix().add("1.txt", "one").add("2.txt", "two").add("3.txt", "3").bytes();
    whole[1024 + 3] ^= 1;

    Map<String, SourceItem> items = items(whole);

    assertThat(items.keySet()).containsExactly("s.tar#1.txt", "s.tar");
    assertThat(code(items.get("s.tar"))).contains(CORRUPT);
    assertThat(why(items.get("s.tar"))).contains("the checksum of a header is wrong");
  }

  @Test
  void whatIsNoTarIsOneRefusalAndItsNeighboursAreTaken() throws IOException {
    Tar.posix().add("1.txt", "one").to(folder.resolve("good.tar"));
    Files.write(folder.resolve("empty.tar"), new byte[0]);
    Files.write(folder.resolve("zero.tar"), new byte[10240]);
    Files.write(folder.resolve("half.tgz"), new byte[] {0x1f, (byte) 0x8b, 8});

    Map<String, SourceItem> items =
        items("text.tar", "no tar at all. ".repeat(99).getBytes(StandardCharsets.UTF_8));

    assertThat(items).containsOnlyKeys("good.tar#1.txt", "empty.tar", "text.tar", "half.tgz");
    assertThat(code(items.get("empty.tar"))).contains(EMPTY);
    assertThat(code(items.get("text.tar"))).contains(CORRUPT);
    assertThat(code(items.get("half.tgz")).isPresent()).isTrue();
  }

  @Test
  void aSecondTarBehindTheEndIsTold() throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(Tar.posix().add("1.txt", "one").bytes());
    both.write(Tar.posix().add("2.txt", "two").bytes());

    Map<String, SourceItem> items = items(both.toByteArray());

    assertThat(items.keySet()).containsExactly("s.tar#1.txt", "s.tar");
    assertThat(code(items.get("s.tar"))).contains(UNSUPPORTED_FEATURE);
    assertThat(why(items.get("s.tar"))).contains("at byte 2048");
  }

  @Test
  void aTarWithoutMarkOfTheEndIsWhole() throws IOException {
    byte[] whole = Tar.posix().add("1.txt", "one").bytes();

    assertThat(items(Arrays.copyOf(whole, 1024))).containsOnlyKeys("s.tar#1.txt");
  }

  @Test
  void whatCannotBeUnderstoodCostsItselfAlone() throws IOException {
    Map<String, SourceItem> items =
        items(
            Tar.posix()
                .add("1.jpg", "picture")
                .add("1.json", "{\"caption\": ")
                .add("1.txt", new byte[] {'a', (byte) 0xC3, '('})
                .add("1.cls", "9".repeat(5000))
                .add("2.jpg", "other")
                .add("2.json", "{\"caption\":{\"no\":1}}")
                .add("2.txt", "x".repeat(2 << 20))
                .bytes());

    assertThat(code(items.get("s.tar#1.json"))).contains(MALFORMED_ROW);
    assertThat(code(items.get("s.tar#1.txt"))).contains(INVALID_ENCODING);
    assertThat(code(items.get("s.tar#1.cls"))).contains(TEXT_LIMIT);
    assertThat(code(items.get("s.tar#2.json"))).contains(MALFORMED_ROW);
    assertThat(read(items.get("s.tar#1.jpg"))).isEqualTo("picture");
    assertThat(items.get("s.tar#2.jpg").description().captions()).isEmpty();
    assertThat(items.get("s.tar#2.txt").offer())
        .as("too long to be a caption")
        .isInstanceOf(Offer.File.class);
  }

  @Test
  void aBombIsNotUnpackedToItsEnd() throws IOException {
    Path shard = folder.resolve("bomb.tgz");
    Tar head = Tar.posix().add("1.txt", "one");
    byte[] start = Arrays.copyOf(head.bytes(), 1024);
    byte[] zeros = new byte[1 << 20];
    byte[] large = Tar.posix().add("2.bin", "").bytes();
    byte[] size = "77777777777".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, large, 124, size.length);
    checksum(large, 0);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(shard))) {
      out.write(start);
      out.write(large, 0, RECORD);
      for (int i = 0; i < 1100; i++) {
        out.write(zeros);
      }
    }

    Map<String, SourceItem> items = items("other.tar", Tar.posix().add("3.txt", "3").bytes());

    assertThat(code(items.get("bomb.tgz"))).contains(EXPANSION_LIMIT);
    assertThat(read(items.get("bomb.tgz#1.txt"))).isEqualTo("one");
    assertThat(read(items.get("other.tar#3.txt"))).isEqualTo("3");
  }

  /** Makes the checksum of a header right again. */
  private static void checksum(byte[] tar, int header) {
    Arrays.fill(tar, header + 148, header + 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < RECORD; i++) {
      sum += tar[header + i] & 0xff;
    }
    byte[] written = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(written, 0, tar, header + 148, written.length);
  }
}

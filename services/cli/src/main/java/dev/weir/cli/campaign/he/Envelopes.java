package dev.weir.cli.campaign.he;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/**
 * One good example of everything foreign that a service, an adder, a custodian or an asker takes in
 * homomorphic queries. Confined to one thread.
 */
final class Envelopes implements AutoCloseable {
  private final Path directory = directory();
  private final SealEnvelopes seal = new SealEnvelopes();
  private final QuestionEnvelopes questions = new QuestionEnvelopes(new SecureRandom());
  private final SumEnvelopes sums = new SumEnvelopes(directory, new SecureRandom());
  private final SavedEnvelopes saved = new SavedEnvelopes(directory, new SecureRandom());

  List<Sample> all() {
    return Stream.of(seal.all(), questions.all(), sums.all(), saved.all())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public void close() {
    seal.close();
    questions.close();
    sums.close();
    saved.close();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("weir-he-fuzz");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

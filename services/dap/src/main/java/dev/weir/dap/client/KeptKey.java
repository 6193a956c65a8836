package dev.weir.dap.client;

import dev.weir.dap.hpke.HpkeConfig;
import dev.weir.dap.wire.WireReader;
import dev.weir.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An aggregator's key: asked for when a report is sealed first, and kept in a file beside the
 * journal or the queue for when the aggregator is away. Confined.
 */
public final class KeptKey {
  private final Path file;
  private final Supplier<HpkeConfig> aggregator;
  private Optional<HpkeConfig> today = Optional.empty();

  /**
   * @param file of this aggregator and task alone, in a directory that is there
   * @param aggregator {@link HttpAggregator#key}
   */
  public KeptKey(Path file, Supplier<HpkeConfig> aggregator) {
    this.file = file;
    this.aggregator = aggregator;
  }

  /**
   * The aggregator's word, asked for once; while it is away, what it said last.
   *
   * @throws DapAnswerException when it does not answer and nothing is kept, or it refuses
   */
  public HpkeConfig key() {
    if (today.isEmpty()) {
      today = Optional.of(asked());
    }
    return today.get();
  }

  /** The aggregator is asked again when the key is wanted next. */
  public void outdated() {
    today = Optional.empty();
  }

  private HpkeConfig asked() {
    try {
      var answer = aggregator.get();
      keep(answer);
      return answer;
    } catch (DapAnswerException away) {
      if (!away.isPassing()) {
        throw away;
      }
      return kept().orElseThrow(() -> away);
    }
  }

  private void keep(HpkeConfig answer) {
    if (kept().filter(answer::equals).isEmpty()) {
      try {
        DurableFile.write(file, answer.encoded());
      } catch (IOException e) {
        throw new UncheckedIOException("the aggregator's key cannot be kept", e);
      }
    }
  }

  /** Nothing where the file is damaged or its key is none: the aggregator says it again. */
  private Optional<HpkeConfig> kept() {
    try {
      return Optional.of(WireReader.whole(Files.readAllBytes(file), HpkeConfig::read))
          .filter(HpkeConfig::isUsable);
    } catch (NoSuchFileException | ProblemException none) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the aggregator's key cannot be read", e);
    }
  }
}

package dev.weir.intake.run;

import dev.weir.schemas.avro.DeadLetter;
import java.util.List;

/**
 * Where a run's records go: a border to the stream. What is sent since the last commit counts only
 * with the next commit, together with the progress. Opening a stream of the same run fences off an
 * earlier one, whose commits then fail with {@link Fenced}. Confined to one thread.
 */
interface RecordStream extends AutoCloseable {

  /** How far the run had come when this stream was opened. */
  Progress progress();

  /** [partition] next offset of the record topic. */
  List<Long> offsets();

  /** Id of the schema of the record values. */
  int schemaId();

  void accept(long ordinal, byte[] recordId, byte[] value);

  void reject(DeadLetter deadLetter);

  void commit(Progress progress);

  /** Forgets what was not committed and lets go of the stream. */
  @Override
  void close();

  /**
   * @param nextOrdinal of the first row not yet handled
   * @param accepted records so far
   * @param rejected dead letters so far
   */
  record Progress(long nextOrdinal, long accepted, long rejected) {
    static final Progress NONE = new Progress(0, 0, 0);
  }

  /** Another instance has taken the run over. */
  final class Fenced extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Fenced(Throwable cause) {
      super("the run was taken over", cause);
    }
  }
}

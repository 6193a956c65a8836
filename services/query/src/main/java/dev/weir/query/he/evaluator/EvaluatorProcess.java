package dev.weir.query.he.evaluator;

import dev.weir.he.HeParameters;
import dev.weir.he.Words;
import dev.weir.he.query.CellLayout;
import dev.weir.he.wire.WireGaloisKeys;
import dev.weir.query.he.evaluator.Exchange.Records;
import dev.weir.runtime.child.CappedJvm;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * One running child. Its environment is empty; it ends with its parent, because its standard input
 * then ends. Confined to one thread, except what ends it and what tells whether it lives.
 */
final class EvaluatorProcess {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int HEAP_MB = 128;
  private static final int DIRECT_MB = 256;

  /** A JVM of this shape with its library, before cells. */
  private static final int BASE_MB = 1_536;

  private static final List<String> CLASSES =
      List.of("dev.weir.he.HeContext", "org.bouncycastle.crypto.digests.Blake2bDigest");

  private final Process process;
  private volatile String library = "";
  private final DataInputStream in;
  private final DataOutputStream out;

  private EvaluatorProcess(Process process) {
    this.process = process;
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER_BYTES));
    this.out =
        new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER_BYTES));
  }

  /**
   * What a child is started with.
   *
   * @param cellMegabytes native memory for cells, as much again of heap for half of them
   */
  static List<String> command(Path directory, int cellMegabytes) {
    int heap = HEAP_MB + cellMegabytes / 2;
    var capped =
        new CappedJvm(
            heap, DIRECT_MB, BASE_MB + heap + DIRECT_MB + cellMegabytes, Optional.empty());
    var command = new ArrayList<>(capped.command(directory, EvaluatorMain.class, CLASSES));
    command.add(Long.toString((long) cellMegabytes << 20));
    return List.copyOf(command);
  }

  /**
   * Starts a child; it takes questions after {@link #awaitReady}.
   *
   * @param log what the JVM itself says when it crashes
   */
  static EvaluatorProcess start(Path directory, List<String> command, Path log) {
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.directory(directory.toFile());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new EvaluatorProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** False when it ended instead; waits as long as it does neither. */
  boolean awaitReady() {
    try {
      if (in.readUnsignedByte() != Exchange.READY) {
        return false;
      }
      library = in.readUTF();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @param values by measure, then key
   * @return false when the child has no room for them
   */
  boolean hold(Cells cells, IntFunction<LongBuffer> values) throws IOException {
    out.writeByte(Exchange.HOLD);
    cells.write(out);
    for (int measure = 0; measure < cells.layout().measures(); measure++) {
      Exchange.words(out, values.apply(measure));
    }
    return held();
  }

  /**
   * @return false when the child has no room for them
   */
  boolean hold(Records records, ByteBuffer bytes) throws IOException {
    out.writeByte(Exchange.HOLD_RECORDS);
    records.write(out);
    byte[] all = new byte[bytes.remaining()];
    bytes.duplicate().get(all);
    out.write(all);
    return held();
  }

  private boolean held() throws IOException {
    out.flush();
    int word = in.readUnsignedByte();
    if (word != Exchange.DONE && word != Exchange.REFUSED) {
      throw new IOException("no answer");
    }
    return word == Exchange.DONE;
  }

  Found sums(Cells cells, List<Words> questions) throws IOException {
    out.writeByte(Exchange.SUMS);
    cells.write(out);
    out.writeInt(questions.size());
    for (var question : questions) {
      Exchange.words(out, question.readOnly());
    }
    return found(questions.size(), cells.layout().replyBytes());
  }

  Found oneHot(Cells cells, List<Lookup> questions) throws IOException {
    out.writeByte(Exchange.ONE_HOT);
    cells.write(out);
    write(questions);
    return found(questions.size(), cells.layout().oneHotReplyBytes());
  }

  /**
   * @return false when the child has no room for them
   */
  boolean hold(HeParameters set, String sha256, WireGaloisKeys keys) throws IOException {
    out.writeByte(Exchange.HOLD_KEYS);
    out.writeUTF(set.label());
    Exchange.digest(out, sha256);
    out.writeInt(keys.elements().size());
    for (int element : keys.elements()) {
      out.writeInt(element);
    }
    out.writeInt(keys.limbs().count());
    Exchange.words(out, keys.limbs().readOnly());
    return held();
  }

  /** An answer: results, or what the child does not hold. */
  sealed interface Found {
    record Results(long passes, List<Evaluated> evaluated) implements Found {}

    record Missing() implements Found {}

    record KeysMissing(String sha256) implements Found {}

    record Refused() implements Found {}
  }

  /**
   * @param replyBytes of each question
   */
  Found lookups(Records records, List<Lookup> questions, int replyBytes) throws IOException {
    out.writeByte(Exchange.LOOKUP);
    records.write(out);
    write(questions);
    return found(questions.size(), replyBytes);
  }

  /** A share's limbs, as the reply. */
  Found share(Cells cells, ShareQuestion question) throws IOException {
    out.writeByte(Exchange.SHARE);
    cells.write(out);
    switch (question) {
      case ShareQuestion.Weights weights -> {
        out.writeInt(0);
        Exchange.words(out, weights.ciphertexts().readOnly());
      }
      case ShareQuestion.Marked marked -> {
        out.writeInt(marked.leaves());
        out.writeInt(marked.firstBlock());
        write(List.of(marked.question()));
      }
    }
    return found(1, limbBytes(cells.layout()));
  }

  /**
   * @param shares the limbs of each
   */
  Found gathered(CellLayout layout, boolean oneHot, List<byte[]> shares) throws IOException {
    out.writeByte(Exchange.GATHER);
    new Cells("", "", layout).write(out);
    out.writeBoolean(oneHot);
    out.writeInt(shares.size());
    for (byte[] share : shares) {
      out.write(share);
    }
    return found(1, oneHot ? layout.oneHotReplyBytes() : layout.replyBytes());
  }

  /** Of the products of a table: two polynomials an output, eight bytes a limb. */
  static int limbBytes(CellLayout layout) {
    var set = layout.parameters();
    return Math.multiplyExact(
        layout.outputs() * 2 * Long.BYTES, set.dataPrimes().size() * set.degree());
  }

  private void write(List<Lookup> questions) throws IOException {
    out.writeInt(questions.size());
    for (var question : questions) {
      Exchange.digest(out, question.keysSha256());
      out.writeInt(question.queries().count());
      Exchange.words(out, question.queries().readOnly());
    }
  }

  private Found found(int questions, int replyBytes) throws IOException {
    out.flush();
    return switch (in.readUnsignedByte()) {
      case Exchange.MISSING -> new Found.Missing();
      case Exchange.KEYS_MISSING -> new Found.KeysMissing(Exchange.digest(in));
      case Exchange.REFUSED -> new Found.Refused();
      case Exchange.DONE -> {
        long passes = in.readLong();
        var evaluated = new ArrayList<Evaluated>();
        for (int i = 0; i < questions; i++) {
          evaluated.add(evaluated(replyBytes));
        }
        yield new Found.Results(passes, evaluated);
      }
      default -> throw new IOException("no answer"); // a JVM that crashes may print
    };
  }

  private Evaluated evaluated(int replyBytes) throws IOException {
    String digest = Exchange.digest(in);
    byte[] reply = in.readNBytes(replyBytes);
    if (reply.length != replyBytes) {
      throw new IOException("the child's answer is cut off");
    }
    return new Evaluated(digest, ByteBuffer.wrap(reply));
  }

  /** What it evaluates with; empty before it is ready. */
  String library() {
    return library;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** What it has used; nothing where the system does not say. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** Has it end, and does not wait for that. */
  void end() {
    process.destroyForcibly();
  }

  /** Has it end, and waits for that. */
  void kill() {
    end();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(e -> process).join();
  }
}

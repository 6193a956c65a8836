package dev.weir.aggregation.collector;

import dev.weir.dap.client.DurableFile;
import dev.weir.dap.client.HttpAggregator.Collection;
import dev.weir.dap.collection.CollectionJobReq;
import dev.weir.dap.collection.CollectionJobResp;
import dev.weir.dap.collection.Query;
import dev.weir.dap.wire.Bytes;
import dev.weir.dap.wire.WireReader;
import dev.weir.runtime.embedded.OwnerOnly;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * One collection on the collector's disk. Each file is written once, whole, and would survive a
 * power cut; which of them are there says how far the collection has come. Confined to one process.
 */
public final class KeptCollection {
  private static final String REQUEST = "request";
  private static final String LOCATION = "location";
  private static final String ANSWER = "answer";
  private static final String RESULT = "result.json";
  private static final String REFUSAL = "refusal";
  private static final String FORGOTTEN = "forgotten";
  private static final String PAUSE = "pause";
  private static final String NOT_KEPT = "the collection cannot be kept";

  private final Path directory;

  KeptCollection(Path directory) {
    this.directory = directory;
  }

  static KeptCollection begin(Path directory, CollectionJobReq request) {
    var kept = new KeptCollection(OwnerOnly.directory(directory));
    kept.write(REQUEST, request.encoded());
    try {
      DurableFile.keepName(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(NOT_KEPT, e);
    }
    return kept;
  }

  /** Its place among the collections of its task, from 1. */
  public int number() {
    return Integer.parseInt(String.valueOf(directory.getFileName()));
  }

  /** False for a directory that a crash left before its request was whole. */
  boolean isWhole() {
    return Files.exists(directory.resolve(REQUEST));
  }

  /** The very bytes that were and will be sent: shares are sealed to them. */
  public CollectionJobReq request() {
    return read(REQUEST)
        .map(bytes -> WireReader.whole(bytes, CollectionJobReq::read))
        .orElseThrow(() -> new IllegalStateException("a kept collection has its request"));
  }

  /** Where the leader told us to ask again, once it has. */
  Optional<Collection> asked() {
    return text(LOCATION).map(location -> new Collection(URI.create(location), Optional.empty()));
  }

  void asked(Collection collection) {
    write(LOCATION, bytes(collection.location().toString()));
  }

  Optional<CollectionJobResp> answer() {
    return read(ANSWER).map(bytes -> WireReader.whole(bytes, CollectionJobResp::read));
  }

  void answered(CollectionJobResp answer) {
    write(ANSWER, answer.encoded());
  }

  /**
   * What it came to, once it has.
   *
   * @throws UncheckedIOException when what is kept is damaged, or of another request
   */
  public Optional<CollectedBatch> result() {
    var batch = text(RESULT).map(KeptCollection::batch);
    if (batch.isPresent()
        && !batch.get().requestSha256().equals(request().encoded().sha256().hex())) {
      throw new UncheckedIOException(
          new IOException("the result kept in " + directory + " is another request's"));
    }
    return batch;
  }

  void collected(CollectedBatch batch) {
    try {
      write(RESULT, Bytes.owning(Json.mapper().writeValueAsBytes(batch)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rule or problem type for which there will be no result. */
  public Optional<String> refusal() {
    return text(REFUSAL);
  }

  void refused(String rule) {
    write(REFUSAL, bytes(rule));
  }

  /** True when the leader was told to forget it, or refused it. */
  public boolean isOver() {
    return isForgotten() || Files.exists(directory.resolve(REFUSAL));
  }

  /** True when there is a result, and the leader was told to forget it. */
  public boolean isForgotten() {
    return Files.exists(directory.resolve(FORGOTTEN));
  }

  /** True until there is a result: a refused one may be asked for again. */
  public boolean isWaitedFor() {
    return !Files.exists(directory.resolve(RESULT));
  }

  void forgotten() {
    write(FORGOTTEN, Bytes.EMPTY);
  }

  /**
   * How long the process rests before it asks again; empty when nothing was refused yet.
   *
   * @param until and how long that was: the next one is longer
   */
  public record Pause(Instant until, Duration length) {}

  public Optional<Pause> pause() {
    return text(PAUSE).flatMap(KeptCollection::pause);
  }

  public void pause(Pause pause) {
    write(PAUSE, bytes(pause.until() + " " + pause.length()));
  }

  /** None where it is damaged: then it is asked again a little sooner. */
  private static Optional<Pause> pause(String text) {
    String[] parts = text.split(" ", 2);
    try {
      return parts.length == 2
          ? Optional.of(new Pause(Instant.parse(parts[0]), Duration.parse(parts[1])))
          : Optional.empty();
    } catch (DateTimeParseException damaged) {
      return Optional.empty();
    }
  }

  /** True when an equal request now would mean this collection and no other. */
  boolean stands(CollectionJobReq request) {
    return read(REQUEST).filter(request.encoded()::equals).isPresent()
        && (request.query() instanceof Query.OfInterval || !isForgotten());
  }

  /** A refused one may be asked for again: what failed is nothing at the leader. */
  KeptCollection again() {
    if (refusal().isPresent()) {
      try {
        Files.deleteIfExists(directory.resolve(LOCATION));
        Files.delete(directory.resolve(REFUSAL));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return this;
  }

  private static CollectedBatch batch(String json) {
    try {
      return Json.mapper().readValue(json, CollectedBatch.class);
    } catch (IOException e) {
      throw new UncheckedIOException("a kept result cannot be read", e);
    }
  }

  private static Bytes bytes(String text) {
    return Bytes.owning(text.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<String> text(String name) {
    return read(name).map(bytes -> new String(bytes.toArray(), StandardCharsets.UTF_8));
  }

  private Optional<Bytes> read(String name) {
    Path file = directory.resolve(name);
    try {
      return Files.exists(file)
          ? Optional.of(Bytes.owning(Files.readAllBytes(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, Bytes content) {
    try {
      DurableFile.write(directory.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(NOT_KEPT, e);
    }
  }
}

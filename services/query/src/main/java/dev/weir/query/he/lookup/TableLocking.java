package dev.weir.query.he.lookup;

import dev.weir.kernel.ContractId;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.runtime.sql.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Makes the locked tables that tickets are about, each once. A small one is there when its first
 * ticket is asked for; a large one is being made meanwhile. Thread-safe.
 */
public final class TableLocking {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int MAX_WAITING = 16;

  private final Database database;
  private final PostgresLookupKeys keys;
  private final PostgresLockedTables tables;
  private final SecureRandom random;
  private final Executor work;
  private final Map<String, CompletableFuture<LockedTable>> running = new ConcurrentHashMap<>();

  public TableLocking(
      Database database,
      PostgresLookupKeys keys,
      PostgresLockedTables tables,
      SecureRandom random,
      Executor work) {
    this.database = database;
    this.keys = keys;
    this.tables = tables;
    this.random = random;
    this.work = work;
  }

  /** One thread: locking is arithmetic, and questions come first. It ends with the process. */
  public static Executor ownThread() {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(MAX_WAITING),
        Thread.ofPlatform().name("he-locking").daemon().factory());
  }

  /**
   * The table, made if it is not there yet.
   *
   * @param entries read only when it is not
   * @throws ProblemException of type {@link ProblemType#NOT_READY} while it is being made, and of
   *     type {@link ProblemType#ERASED} when its key was erased
   */
  public LockedTable table(
      ContractId contract, String tableId, long dataVersion, Supplier<Entries> entries) {
    var found = find(contract, tableId, dataVersion);
    if (found.isPresent()) {
      return found.get();
    }
    String name = LockedTable.name(contract, tableId, dataVersion);
    try {
      var making =
          running.computeIfAbsent(
              name,
              key ->
                  CompletableFuture.supplyAsync(
                      () -> make(contract, tableId, dataVersion, entries.get()), work));
      making.whenComplete((table, fault) -> running.remove(name, making));
      return making.copy().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | RejectedExecutionException e) {
      throw notYet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notYet();
    } catch (ExecutionException e) {
      throw problem(e);
    }
  }

  private Optional<LockedTable> find(ContractId contract, String tableId, long dataVersion) {
    return database.asService(
        "he.table",
        handle -> {
          if (keys.erased(handle, contract, tableId, dataVersion)) {
            throw PostgresLookupKeys.erased();
          }
          return tables.find(handle, contract, tableId, dataVersion);
        });
  }

  private LockedTable make(ContractId contract, String tableId, long version, Entries entries) {
    var key =
        database.asService("he.lookup-key", handle -> keys.of(handle, contract, tableId, version));
    var locked = entries.lock(LockedTable.name(contract, tableId, version), key, random);
    var table = new LockedTable(contract, tableId, version, locked.terms(), locked.root());
    return database.asService(
        "he.lock",
        handle -> {
          tables.add(handle, table, locked.array());
          return tables.find(handle, contract, tableId, version).orElseThrow();
        });
  }

  private static RuntimeException problem(Throwable thrown) {
    return switch (thrown) {
      case ExecutionException wrapped when wrapped.getCause() != null ->
          problem(wrapped.getCause());
      case CompletionException wrapped when wrapped.getCause() != null ->
          problem(wrapped.getCause());
      case RuntimeException fault -> fault;
      default -> new IllegalStateException(thrown);
    };
  }

  private static ProblemException notYet() {
    return new ProblemException(
        ProblemType.NOT_READY,
        "The records are being locked for their first lookup; ask for the ticket again after Retry-After.");
  }
}

package dev.weir.audit.read;

import dev.weir.audit.log.LogDirectory;
import dev.weir.audit.log.LogKeys;
import dev.weir.audit.log.TileFiles;
import dev.weir.kernel.Operation;
import dev.weir.kernel.ProblemException;
import dev.weir.kernel.ProblemType;
import dev.weir.kernel.Role;
import dev.weir.privacy.merkle.NoteKey;
import dev.weir.privacy.merkle.SignedNote;
import dev.weir.privacy.merkle.TilePath;
import dev.weir.runtime.http.Caller;
import dev.weir.runtime.http.Requires;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Optional;

/** The files of the log, as C2SP tlog-tiles lays them out. */
@Path("/v1/log")
public final class LogResource {
  private final LogDirectory directory;
  private final LogKeys keys;
  private final WitnessKey witness;

  /** The witness's key, once it is known. */
  @FunctionalInterface
  public interface WitnessKey {
    Optional<NoteKey> key() throws IOException;
  }

  public LogResource(LogDirectory directory, LogKeys keys, WitnessKey witness) {
    this.directory = directory;
    this.keys = keys;
    this.witness = witness;
  }

  /** The newest cosigned checkpoint; before the first cosignature the newest of all. */
  @GET
  @Path("/checkpoint")
  @Produces(MediaType.TEXT_PLAIN)
  @Requires(Operation.LOG_READ)
  public String checkpoint(@Auth Caller caller) {
    return shown(directory.cosigned().or(directory::checkpoint));
  }

  /** The SM3 twin of {@link #checkpoint}. */
  @GET
  @Path("/sm3/checkpoint")
  @Produces(MediaType.TEXT_PLAIN)
  @Requires(Operation.LOG_READ)
  public String twinCheckpoint(@Auth Caller caller) {
    return shown(directory.cosignedTwin().or(directory::twinCheckpoint));
  }

  /** Public keys of the log, its twin and the witness. */
  @GET
  @Path("/keys")
  @Requires(Operation.LOG_READ)
  public LogPublicKeys keys(@Auth Caller caller) throws IOException {
    return new LogPublicKeys(
        keys.signer().key().encode(),
        keys.twinSigner().key().encode(),
        witness.key().map(NoteKey::encode));
  }

  @GET
  @Path("/tile/{tile: .+}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Requires(Operation.LOG_READ)
  public byte[] tile(@Auth Caller caller, @PathParam("tile") String tile) {
    var path = parse(tile);
    if (path.level() == TilePath.ENTRIES && !caller.has(Role.AUDITOR)) {
      throw new ProblemException(ProblemType.FORBIDDEN, "Entries are for the auditor.");
    }
    return read(directory.tiles(), path);
  }

  @GET
  @Path("/sm3/tile/{tile: .+}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Requires(Operation.LOG_READ)
  public byte[] twinTile(@Auth Caller caller, @PathParam("tile") String tile) {
    return read(directory.twinTiles(), parse(tile));
  }

  private static TilePath parse(String tile) {
    return TilePath.parse(tile).orElseThrow(LogResource::unknown);
  }

  private static byte[] read(TileFiles tiles, TilePath path) {
    return tiles.read(path).orElseThrow(LogResource::unknown);
  }

  private static String shown(Optional<SignedNote> note) {
    return note.map(SignedNote::encode)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.UNAVAILABLE, "The log has no checkpoint yet; try again soon."));
  }

  private static ProblemException unknown() {
    return new ProblemException(ProblemType.NOT_FOUND, "There is no such tile.");
  }
}

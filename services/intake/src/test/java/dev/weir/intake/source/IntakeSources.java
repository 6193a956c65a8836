package dev.weir.intake.source;

import dev.weir.intake.profile.SourceProfile;
import dev.weir.intake.reader.Reading;
import dev.weir.kernel.SourceId;
import dev.weir.runtime.http.Caller;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;

/** Uploads and profiles for tests of other packages. */
public final class IntakeSources {
  private IntakeSources() {}

  public static SourceId profiled(Sources sources, Caller caller, byte[] file) {
    return profiled(sources, caller, new ByteArrayInputStream(file), Reading.DETECTED);
  }

  public static SourceId profiled(
      Sources sources, Caller caller, InputStream file, Reading reading) {
    var source = sources.upload(caller, "test", java.util.UUID.randomUUID().toString(), file);
    sources.profile(caller, source.id(), reading);
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (sources.get(caller, source.id()).status() == Source.Status.PROFILING) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the profile did not end");
      }
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
    return source.id();
  }

  public static SourceProfile profile(Sources sources, Caller caller, SourceId id) {
    return sources.readProfile(caller, id);
  }
}

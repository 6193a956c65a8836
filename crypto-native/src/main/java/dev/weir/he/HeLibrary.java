package dev.weir.he;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The native library of this platform, taken out of the jar and loaded once a process. Thread-safe.
 */
public final class HeLibrary {
  private static final int OLDEST_SEAL = 4 << 16 | 1 << 8 | 2;

  private static volatile Optional<HeLibrary> library = Optional.empty();

  private final SealJni calls;
  private final String origin;

  private HeLibrary(SealJni calls, String origin) {
    this.calls = calls;
    this.origin = origin;
  }

  /**
   * Loads at first use.
   *
   * @throws IllegalStateException when the jar holds no library for this platform, or one that does
   *     not belong to these classes
   */
  public static HeLibrary loaded() {
    var already = library;
    if (already.isPresent()) {
      return already.get();
    }
    synchronized (HeLibrary.class) {
      if (library.isEmpty()) {
        library = Optional.of(load());
      }
      return library.get();
    }
  }

  /** For example {@code 4.1.2}. */
  public String sealVersion() {
    int version = calls.sealVersion();
    return (version >> 16) + "." + (version >> 8 & 0xff) + "." + (version & 0xff);
  }

  /** Where the build took SEAL from. */
  public String origin() {
    return origin;
  }

  /** The kernels that this processor can run. */
  public List<MacKernel> kernels() {
    return Arrays.stream(MacKernel.values())
        .filter(kernel -> calls.kernelAvailable(kernel.ordinal()))
        .toList();
  }

  /** The fastest of them, which is used unless a caller says otherwise. */
  public MacKernel kernel() {
    return kernels().getLast();
  }

  /** SEAL, where it came from, and the kernel: what evidence names of an evaluation. */
  public String description() {
    return "seal " + origin + ", kernel " + kernel().label();
  }

  /** Native objects alive in this process: zero when everything has been closed. */
  public long liveObjects() {
    return calls.live();
  }

  /** Native objects that were dropped without being closed, since the process began. */
  public long leaks() {
    return NativeHandle.leaks();
  }

  SealJni calls() {
    return calls;
  }

  private static String platform() {
    var name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    var arch = System.getProperty("os.arch", "");
    return name + "-" + (arch.equals("amd64") ? "x86_64" : arch);
  }

  private static HeLibrary load() {
    try (var library = resource("libweir_he.so");
        var origin = resource("origin")) {
      var described = new String(origin.readAllBytes(), StandardCharsets.UTF_8).strip();
      load(library);
      var calls = new SealJni();
      var loaded = new HeLibrary(calls, described);
      if (calls.shim() != SealJni.SHIM
          || calls.sealVersion() < OLDEST_SEAL
          || !described.startsWith(loaded.sealVersion() + " ")) {
        throw new IllegalStateException("the native library does not belong to these classes");
      }
      return loaded;
    } catch (IOException e) {
      throw new UncheckedIOException("the native library could not be unpacked", e);
    }
  }

  private static InputStream resource(String name) {
    var stream = HeLibrary.class.getResourceAsStream(platform() + "/" + name);
    if (stream == null) {
      throw new IllegalStateException("no native library for " + platform());
    }
    return stream;
  }

  /** A file that only its owner sees, gone as soon as it is loaded. */
  private static void load(InputStream library) throws IOException {
    Path directory = Files.createTempDirectory("weir-he");
    Path file = directory.resolve("libweir_he.so");
    try {
      Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
      System.load(file.toString());
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }
}

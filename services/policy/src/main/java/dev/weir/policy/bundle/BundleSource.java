package dev.weir.policy.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of a bundle come from: the class path or a directory. */
interface BundleSource {
  int MAX_FILE_BYTES = 1 << 20;

  InputStream open(String name) throws IOException;

  /**
   * @throws UntrustedBundleException when the file is missing or larger than {@link
   *     #MAX_FILE_BYTES}
   */
  default byte[] read(String name) {
    try (InputStream in = open(name)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw new UntrustedBundleException("bundle file " + name + " is too large");
      }
      return bytes;
    } catch (IOException e) {
      throw new UntrustedBundleException("bundle file " + name + " cannot be read", e);
    }
  }

  static BundleSource directory(Path directory) {
    return name -> Files.newInputStream(directory.resolve(name));
  }

  static BundleSource classpath() {
    return name -> {
      InputStream in =
          BundleSource.class.getResourceAsStream("/dev/weir/compliance/bundle/" + name);
      if (in == null) {
        throw new IOException("not on the class path");
      }
      return in;
    };
  }
}

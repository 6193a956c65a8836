package dev.weir.policy.constraint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation, or one address. Literals only: a name is never looked up. IPv4
 * addresses mapped into IPv6 count as IPv4.
 *
 * @param network the leading {@code bits} bits, all others zero, as numbers 0 to 255; 4 or 16 of
 *     them
 */
public record IpRange(List<Integer> network, int bits) {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:.]{2,45}");
  private static final int BITS = 8;

  public IpRange {
    network = List.copyOf(network);
  }

  static Optional<IpRange> parse(String text) {
    int slash = text.indexOf('/');
    Optional<byte[]> address = bytes(slash < 0 ? text : text.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int all = address.get().length * BITS;
    String length = slash < 0 ? Integer.toString(all) : text.substring(slash + 1);
    if (!length.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(length) > all) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(length);
    byte[] masked = mask(address.get(), bits);
    // Host bits beside a prefix are a slip of the pen; what was meant cannot be known.
    return Arrays.equals(masked, address.get())
        ? Optional.of(new IpRange(numbers(masked), bits))
        : Optional.empty();
  }

  static Optional<byte[]> bytes(String literal) {
    if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(literal).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** One address; empty for anything but a literal. */
  public static Optional<IpRange> address(String literal) {
    return literal.indexOf('/') < 0 ? parse(literal) : Optional.empty();
  }

  boolean contains(IpRange address) {
    if (address.network.size() != network.size()) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int shift = BITS - 1 - bit % BITS;
      int own = network.get(bit / BITS) >> shift & 1;
      if (own != (address.network.get(bit / BITS) >> shift & 1)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] mask(byte[] address, int bits) {
    byte[] masked = address.clone();
    for (int bit = bits; bit < address.length * BITS; bit++) {
      masked[bit / BITS] = (byte) (masked[bit / BITS] & ~(1 << (BITS - 1 - bit % BITS)));
    }
    return masked;
  }

  private static List<Integer> numbers(byte[] bytes) {
    var numbers = new java.util.ArrayList<Integer>(bytes.length);
    for (byte b : bytes) {
      numbers.add(Byte.toUnsignedInt(b));
    }
    return numbers;
  }
}

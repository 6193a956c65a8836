// What happens to a result before it leaves: flooding, truncation to a power of two, bit-packing.
#pragma once

#include "ciphertexts.h"

namespace weir {

// Adds to each ciphertext a fresh public-key encryption of zero and, to c0, noise uniform in
// [-2^bits, 2^bits). Level 0; offered for degree 8192 only, where there is room for it.
void flood(Ciphertexts &ciphertexts, const PublicKeyObject &key, unsigned bits);

// Rounds c1 to multiples of Q / 2^bits and `count` coefficients of c0 from `first` on likewise, and
// packs them least significant bit first: c1, then c0, then zero bits to a whole byte; one such
// record per ciphertext.
struct Shape {
    unsigned bits;
    size_t first;
    size_t count;
};

size_t packed_bytes(const Context &context, Shape shape);
void truncate(const Ciphertexts &ciphertexts, Shape shape, Bytes out);
// The ciphertexts of level 0 that a record stands for; coefficients of c0 outside the shape are 0.
std::shared_ptr<Ciphertexts> lift(std::shared_ptr<Context> context, Shape shape, Bytes in);

} // namespace weir

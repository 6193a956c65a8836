// A batch of ciphertexts of one level, and what is done to all of them in one call.
#pragma once

#include "context.h"
#include "keys.h"

namespace weir {

class Ciphertexts {
  public:
    Ciphertexts(std::shared_ptr<Context> context, size_t primes_dropped, size_t count);

    const std::shared_ptr<Context> &context() const { return context_; }
    size_t primes_dropped() const { return primes_dropped_; }
    size_t count() const { return items_.size(); }
    // Words of one ciphertext: [2][primes][degree].
    size_t words() const { return 2 * context_->primes(primes_dropped_).size() * context_->degree(); }
    seal::Ciphertext &at(size_t index) { return items_[index]; }
    const seal::Ciphertext &at(size_t index) const { return items_[index]; }

    // limbs: [count][2][primes][degree], coefficient form.
    void write(Bytes limbs) const;

  private:
    std::shared_ptr<Context> context_;
    size_t primes_dropped_;
    std::vector<seal::Ciphertext> items_;
};

std::shared_ptr<Ciphertexts> read_ciphertexts(
    std::shared_ptr<Context> context, size_t primes_dropped, Bytes limbs);
// limbs: [count] of c0 [primes][degree] and the seed of c1; level 0.
std::shared_ptr<Ciphertexts> read_seeded(std::shared_ptr<Context> context, Bytes limbs);

// plain: [count][degree] below the plain modulus; out: [count] of c0 and seed.
void encrypt_symmetric(const SecretKeyObject &secret, Bytes plain, Bytes out);
// out: [count][2][primes][degree].
void encrypt_public(const PublicKeyObject &key, Bytes plain, Bytes out);
// plain: [count][degree].
void decrypt(const SecretKeyObject &secret, const Ciphertexts &ciphertexts, Bytes plain);

// values and plain: [count][degree] below the plain modulus.
void encode_slots(const Context &context, Bytes values, Bytes plain);
void decode_slots(const Context &context, Bytes plain, Bytes values);

void add_to(Ciphertexts &sum, const Ciphertexts &more);
std::shared_ptr<Ciphertexts> switch_modulus(const Ciphertexts &from, size_t primes_dropped);

// Splits one ciphertext of sum a_j X^j into `leaves` (a power of two), the m-th holding the a_j with
// j = m modulo leaves at X^(j-m), multiplied by `leaves`.
std::shared_ptr<Ciphertexts> expand(
    const Ciphertexts &query, size_t index, const GaloisKeysObject &keys, size_t leaves);

} // namespace weir

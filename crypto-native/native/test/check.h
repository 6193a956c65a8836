// A test is a function that requires things; the first failure ends the program and says where.
#pragma once

#include "failure.h"
#include <cstdio>
#include <cstdlib>

#define CHECK(condition)                                                                               \
    do {                                                                                               \
        if (!(condition)) {                                                                            \
            std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);               \
            std::exit(1);                                                                              \
        }                                                                                              \
    } while (false)

namespace weir::test {

// Whether the work fails with exactly this code.
template <class Work>
bool refused(Code code, Work work) {
    try {
        work();
    } catch (const Failure &failure) {
        return failure.code() == code;
    }
    return false;
}

void kernels_agree_with_seal();
void kernels_agree_at_the_extremes();
void transforms_agree_with_seal();
void expansion_agrees_with_seal();
void what_is_encrypted_is_decrypted();
void expansion_separates_coefficients();
void inner_products_are_exact();
void replies_survive_truncation();
void flooding_keeps_the_answer();
void bad_buffers_and_limbs_are_refused();
void handles_are_checked_and_counted();
void sampling_without_a_seed_fails();

} // namespace weir::test

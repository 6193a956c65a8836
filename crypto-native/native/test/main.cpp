// Run under the sanitizers: `native/check`.
#include "check.h"

int main() {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    using namespace weir::test;
    struct {
        const char *name;
        void (*run)();
    } tests[] = {
        {"kernels agree with SEAL", kernels_agree_with_seal},
        {"kernels agree at the extremes", kernels_agree_at_the_extremes},
        {"transforms agree with SEAL", transforms_agree_with_seal},
        {"expansion agrees with SEAL", expansion_agrees_with_seal},
        {"what is encrypted is decrypted", what_is_encrypted_is_decrypted},
        {"expansion separates coefficients", expansion_separates_coefficients},
        {"inner products are exact", inner_products_are_exact},
        {"replies survive truncation", replies_survive_truncation},
        {"flooding keeps the answer", flooding_keeps_the_answer},
        {"bad buffers and limbs are refused", bad_buffers_and_limbs_are_refused},
        {"handles are checked and counted", handles_are_checked_and_counted},
        {"sampling without a seed fails", sampling_without_a_seed_fails},
    };
    for (const auto &test : tests) {
        test.run();
        std::printf("ok %s\n", test.name);
    }
    std::printf("%zu native tests passed\n", sizeof(tests) / sizeof(tests[0]));
    return 0;
}

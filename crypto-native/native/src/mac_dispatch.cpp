#include "failure.h"
#include "mac.h"
#include <initializer_list>

namespace weir::mac {

bool available(Kernel kernel) {
#if defined(__x86_64__)
    switch (kernel) {
    case Kernel::ifma:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512ifma");
    case Kernel::avx2:
        return __builtin_cpu_supports("avx2");
    case Kernel::scalar:
        return true;
    }
    return false;
#else
    return kernel == Kernel::scalar;
#endif
}

Kernel best() {
    for (Kernel kernel : {Kernel::ifma, Kernel::avx2}) {
        if (available(kernel)) {
            return kernel;
        }
    }
    return Kernel::scalar;
}

template <class Word>
Variant<Word> variant(Kernel kernel) {
    require(available(kernel), Code::unsupported);
#if defined(__x86_64__)
    if (kernel == Kernel::ifma) {
        return ifma_variant<Word>();
    }
    if (kernel == Kernel::avx2) {
        return avx2_variant<Word>();
    }
#endif
    return scalar_variant<Word>();
}

template Variant<uint32_t> variant(Kernel kernel);
template Variant<uint64_t> variant(Kernel kernel);

} // namespace weir::mac

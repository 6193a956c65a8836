#pragma once

#include <algorithm>
#include <ctime>
#include <vector>

namespace weir::bench {

// Seconds that this thread has computed: what else runs on the machine does not count.
inline double thread_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// The median time of the runs; one run before them is not counted.
template <class Work>
double median_seconds(int runs, Work work) {
    std::vector<double> seconds;
    for (int run = -1; run < runs; run++) {
        double start = thread_seconds();
        work();
        double taken = thread_seconds() - start;
        if (run >= 0) {
            seconds.push_back(taken);
        }
    }
    std::nth_element(seconds.begin(), seconds.begin() + static_cast<long>(seconds.size() / 2), seconds.end());
    return seconds[seconds.size() / 2];
}

} // namespace weir::bench

#pragma once

// oneDNN may be built on OpenMP or on something else: weak, so that both link.
extern "C" int omp_get_max_threads() __attribute__((weak));
extern "C" void omp_set_num_threads(int) __attribute__((weak));

namespace xgrad {

/// While it lives, OpenMP gives the calling thread no helpers: TBB is the only source of threads. What the thread's own
/// code had set comes back.
class OneOpenMpThread {
 public:
  OneOpenMpThread() : before_(omp_get_max_threads ? omp_get_max_threads() : 1) { set(1); }
  ~OneOpenMpThread() { set(before_); }
  OneOpenMpThread(const OneOpenMpThread&) = delete;
  OneOpenMpThread& operator=(const OneOpenMpThread&) = delete;

 private:
  void set(int threads) const {
    if (before_ != 1) omp_set_num_threads(threads);
  }

  int before_;
};

}  // namespace xgrad

#include <xgrad/framework/backends/blas_threads.hpp>

// Declared here because <cblas.h> does not compile beside xtensor-blas; weak, because only OpenBLAS has it.
extern "C" void openblas_set_num_threads(int) __attribute__((weak));

namespace xgrad {

void use_one_blas_thread() {
  static const bool done = [] {
    if (openblas_set_num_threads) openblas_set_num_threads(1);
    return true;
  }();
  static_cast<void>(done);
}

}  // namespace xgrad

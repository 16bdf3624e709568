#include <xgrad/framework/runtime/gemm_backend.hpp>

#include <dnnl.h>

// oneDNN may be built on OpenMP or on something else: weak, so that both link.
extern "C" int omp_get_max_threads() __attribute__((weak));
extern "C" void omp_set_num_threads(int) __attribute__((weak));

namespace xgrad {
namespace {

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

void multiply(const MatrixView<const float>& left, const MatrixView<const float>& right,
              const MatrixView<float>& result) {
  const OneOpenMpThread one_thread;
  const auto flag = [](bool transposed) { return transposed ? 'T' : 'N'; };
  // Fails for negative sizes and strides shorter than a row only, which a matrix in memory does not have.
  dnnl_sgemm(flag(left.transposed), flag(right.transposed), result.rows, result.columns,
             left.transposed ? left.rows : left.columns, 1.0f, left.data, left.stride, right.data, right.stride, 0.0f,
             result.data, result.stride);
}

}  // namespace

const GemmBackend onednn_backend{"oneDNN", multiply, nullptr};

}  // namespace xgrad

#pragma once

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace xgrad::benchmark {

/// While it lives this thread takes denormal numbers for zero. The averages of squared gradients of pixels that are
/// nearly always blank decay into denormals within a few hundred steps, each of which costs a hundred cycles, and the
/// approximate square roots of -ffast-math turn some of them into NaN.
class FlushDenormals {
#if defined(__SSE2__)
 public:
  FlushDenormals() : saved_(_mm_getcsr()) { _mm_setcsr(saved_ | 0x8040); }
  ~FlushDenormals() { _mm_setcsr(saved_); }

 private:
  unsigned saved_;
#else
 public:
  FlushDenormals() {}
#endif
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;
};

}  // namespace xgrad::benchmark

#pragma once

namespace xgrad {

/// While it lives, the calling thread treats numbers too small for full precision (denormals) as zero. Processors
/// handle them up to a hundred times slower, and running means that decay, such as those of optimizers, are full of
/// them.
class FlushDenormals {
 public:
  FlushDenormals();
  ~FlushDenormals();
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;

 private:
  unsigned before_;
};

}  // namespace xgrad
